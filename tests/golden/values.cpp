#include "values.hpp"

#include "exchange.hpp"
#include <algorithm>
#include <coodie/value.hpp>

namespace golden {
namespace {

using namespace coodie;

void check_value(Cell cell, const ColumnSpec& column)
{
    const auto where = "column " + column.name + " " + column.type.to_string() + ": ";
    const auto value = decode(cell, column.type);
    if (!value)
        throw Mismatch{where + value.error().message()};
    if (cell.is_null()) {
        if (!value->is_null())
            throw Mismatch{where + "null is not null"};
        return;
    }
    const auto encoded = encode(*value, column.type);
    if (!encoded)
        throw Mismatch{where + encoded.error().message()};
    if (!std::ranges::equal(*encoded, cell.bytes()))
        throw Mismatch{where + value->to_string() + " encodes to other bytes"};
}

}

void check_values(const protocol::RowsResult& rows, const ResultMetadata& metadata)
{
    protocol::Reader in{rows.content};
    for (auto row = rows.rows; row != 0; --row)
        for (const auto& column : metadata.columns)
            check_value(in.read_bytes(), column);
    if (auto error = in.finish("rows"); error || in.remaining() != 0)
        throw Mismatch{"the rows do not end where their bytes do"};
}

}
