#include <lib/metadata/cells.hpp>
#include <lib/metadata/schema_rows.hpp>

namespace coodie::metadata {

namespace {

std::string_view name_of(SchemaTable table) noexcept
{
    switch (table) {
    case SchemaTable::keyspaces: return "system_schema.keyspaces";
    case SchemaTable::tables: return "system_schema.tables";
    case SchemaTable::columns: return "system_schema.columns";
    case SchemaTable::types: return "system_schema.types";
    case SchemaTable::views: return "system_schema.views";
    case SchemaTable::indexes: return "system_schema.indexes";
    case SchemaTable::functions: return "system_schema.functions";
    case SchemaTable::aggregates: return "system_schema.aggregates";
    case SchemaTable::scylla_tables: return "system_schema.scylla_tables";
    case SchemaTable::virtual_keyspaces: return "system_virtual_schema.keyspaces";
    case SchemaTable::virtual_tables: return "system_virtual_schema.tables";
    case SchemaTable::virtual_columns: return "system_virtual_schema.columns";
    }
    return "?";
}

}

void SchemaRows::add(SchemaTable table, const Rows& page)
{
    for (const auto row : page)
        add(table, row);
}

void SchemaRows::add(SchemaTable table, const Row& row)
{
    const auto keyspace = read<std::string>(row, "keyspace_name");
    if (!keyspace || keyspace->empty())
        return warnings_.add(std::string{name_of(table)} + ": row left out, no keyspace_name", "one row");
    auto& rows = keyspaces_[*keyspace];
    switch (table) {
    case SchemaTable::virtual_keyspaces: rows.is_virtual = true; [[fallthrough]];
    case SchemaTable::keyspaces: rows.keyspace = row; return;
    case SchemaTable::types: rows.types.push_back(row); return;
    case SchemaTable::functions: rows.functions.push_back(row); return;
    case SchemaTable::aggregates: rows.aggregates.push_back(row); return;
    case SchemaTable::tables:
    case SchemaTable::columns:
    case SchemaTable::views:
    case SchemaTable::indexes:
    case SchemaTable::scylla_tables:
    case SchemaTable::virtual_tables:
    case SchemaTable::virtual_columns: break;
    }
    const auto name = read<std::string>(row, table == SchemaTable::views ? "view_name" : "table_name");
    if (!name || name->empty())
        return warnings_.add(std::string{name_of(table)} + ": row left out, no name of a table", *keyspace);
    add(table, row, rows.relations[*name]);
}

void SchemaRows::add(SchemaTable table, const Row& row, RelationRows& relation)
{
    switch (table) {
    case SchemaTable::tables:
    case SchemaTable::virtual_tables: relation.table = row; return;
    case SchemaTable::views: relation.view = row; return;
    case SchemaTable::scylla_tables: relation.scylla = row; return;
    case SchemaTable::columns:
    case SchemaTable::virtual_columns: relation.columns.push_back(row); return;
    case SchemaTable::indexes: relation.indexes.push_back(row); return;
    case SchemaTable::keyspaces:
    case SchemaTable::virtual_keyspaces:
    case SchemaTable::types:
    case SchemaTable::functions:
    case SchemaTable::aggregates: return;
    }
}

const KeyspaceRows& SchemaRows::keyspace(std::string_view name) const
{
    static const KeyspaceRows nothing;
    const auto found = keyspaces_.find(name);
    return found == keyspaces_.end() ? nothing : found->second;
}

}
