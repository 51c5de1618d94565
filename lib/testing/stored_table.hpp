#pragma once

#include <coodie/rows.hpp>
#include <coodie/value.hpp>

namespace coodie::testing {

/// A row by its columns; those that are absent are null.
using StoredRow = std::map<std::string, Value, std::less<>>;

/// A table of the server's own.
struct StoredTable
{
    std::string keyspace;
    std::string name;
    std::vector<ColumnSpec> columns;
    std::vector<StoredRow> rows = {};

    const ColumnSpec* find(std::string_view column) const noexcept;
};

/// A table of a list of columns as CQL has it: "key text, tokens set<text>".
StoredTable table_of(std::string keyspace, std::string name, std::string_view columns);

/// The cell as it travels, its length in front; null where the value does not fit the type.
void append_cell(std::vector<std::byte>& out, const StoredRow& row, const ColumnSpec& column);

}
