#include <algorithm>
#include <lib/testing/stored_table.hpp>
#include <protocol/types.hpp>

namespace coodie::testing {
namespace {

/// Where the comma stands that ends the first column: not one of those inside a type.
std::size_t end_of_column(std::string_view columns)
{
    int depth = 0;
    for (std::size_t i = 0; i != columns.size(); ++i) {
        depth += (columns[i] == '<') - (columns[i] == '>');
        if (columns[i] == ',' && depth == 0)
            return i;
    }
    return columns.size();
}

}

const ColumnSpec* StoredTable::find(std::string_view column) const noexcept
{
    const auto found =
        std::find_if(columns.begin(), columns.end(), [&](const ColumnSpec& spec) { return spec.name == column; });
    return found == columns.end() ? nullptr : &*found;
}

StoredTable table_of(std::string keyspace, std::string name, std::string_view columns)
{
    StoredTable table{std::move(keyspace), std::move(name), {}};
    while (!columns.empty()) {
        const auto column = columns.substr(0, end_of_column(columns));
        const auto space = column.find(' ');
        auto type = protocol::parse_cql_type(column.substr(space + 1)).value();
        table.columns.push_back({table.keyspace, table.name, std::string{column.substr(0, space)}, std::move(type)});
        columns.remove_prefix(std::min(columns.size(), column.size() + 2));
    }
    return table;
}

void append_cell(std::vector<std::byte>& out, const StoredRow& row, const ColumnSpec& column)
{
    const auto found = row.find(column.name);
    if (found == row.end() || append_value(out, found->second, column.type))
        (void)append_value(out, Value{}, column.type);
}

}
