#pragma once

#include <coodie/rows.hpp>
#include <lib/metadata/warnings.hpp>

namespace coodie::metadata {

/// The tables that a schema is read from.
enum class SchemaTable : std::uint8_t
{
    keyspaces,
    tables,
    columns,
    types,
    views,
    indexes,
    functions,
    aggregates,
    scylla_tables,
    virtual_keyspaces,
    virtual_tables,
    virtual_columns,
};

/// The rows that tell of one table or view. Views into the Rows that they come from.
struct RelationRows
{
    std::optional<Row> table = {};
    std::optional<Row> view = {};
    std::optional<Row> scylla = {};
    std::vector<Row> columns = {};
    std::vector<Row> indexes = {};
};

/// The rows that tell of one keyspace.
struct KeyspaceRows
{
    std::optional<Row> keyspace = {};
    bool is_virtual = false;
    std::map<std::string, RelationRows, std::less<>> relations = {};
    std::vector<Row> types = {};
    std::vector<Row> functions = {};
    std::vector<Row> aggregates = {};
};

/// Rows sorted by what they tell of. Lifetime: those of all pages must outlive it.
class SchemaRows
{
public:
    /// Rows without the names that make their key are left out with a warning.
    void add(SchemaTable table, const Rows& page);

    const std::map<std::string, KeyspaceRows, std::less<>>& keyspaces() const noexcept { return keyspaces_; }
    const KeyspaceRows& keyspace(std::string_view name) const; ///< empty when nothing tells of it
    const Warnings& warnings() const noexcept { return warnings_; }

private:
    void add(SchemaTable table, const Row& row);
    void add(SchemaTable table, const Row& row, RelationRows& relation);

    std::map<std::string, KeyspaceRows, std::less<>> keyspaces_;
    Warnings warnings_;
};

}
