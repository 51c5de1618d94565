#pragma once

#include <lib/testing/model.hpp>
#include <lib/testing/select.hpp>

namespace coodie::testing {

/// A SELECT on a table of the server's own, as one node answers it.
class SystemSelect
{
public:
    /// None for text that selects from no such table.
    static std::optional<SystemSelect> parse(std::string_view cql, std::string_view keyspace);

    /// Whether the table and its columns are there. Errors: invalid_request, in the server's words.
    Error check(const Model& model) const;
    std::vector<ColumnSpec> bind_columns() const;
    ResultMetadata columns() const;
    /// `values`: what was bound to the markers. Only after `check` said nothing.
    Rows rows(const Model& model, std::size_t node, const std::vector<Cell>& values) const;

private:
    SystemSelect(Select select, StoredTable table) : select_{std::move(select)}, table_{std::move(table)} {}
    bool fits(const StoredRow& row, const std::vector<Cell>& values) const;

    Select select_;
    StoredTable table_; ///< without rows
};

}
