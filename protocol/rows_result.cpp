#include <protocol/rows_result.hpp>

namespace coodie::protocol {
namespace {

void check_columns(Reader& in, const RowsMetadata& metadata, const ResultMetadata* cached)
{
    if (metadata.columns)
        return;
    if (!cached && metadata.columns_count != 0)
        in.fail("columns were left out that this client did not know already");
    else if (cached && cached->columns.size() != metadata.columns_count)
        in.fail("columns were left out, and their number is not that of the prepared statement",
                static_cast<std::int64_t>(metadata.columns_count));
}

/// Rows of no columns would take no bytes each, so that any number could be claimed.
std::size_t read_rows_count(Reader& in, std::size_t columns)
{
    if (columns != 0)
        return in.read_count(4 * columns);
    if (const auto rows = in.read_int(); rows != 0)
        in.fail("rows of no columns", rows);
    return 0;
}

}

void RowsResult::encode(Writer& out) const
{
    metadata.encode(out);
    out.write_size(rows);
    out.write_raw(content);
}

RowsResult RowsResult::decode(Reader& in, const ResultMetadata* cached, bool with_metadata_id, const KnownSpecs* known)
{
    RowsResult result;
    result.metadata = RowsMetadata::decode(in, with_metadata_id, cached ? known : nullptr);
    check_columns(in, result.metadata, cached);
    result.rows = read_rows_count(in, result.metadata.columns_count);
    result.content = in.read_cells(result.rows * result.metadata.columns_count);
    return result;
}

}
