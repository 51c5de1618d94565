#include "text.hpp"

namespace coodie::cql {

namespace {

std::string_view or_own(std::string_view keyspace, const TableSchema& table) noexcept
{
    return keyspace.empty() ? table.keyspace : keyspace;
}

std::string column_text(const Column& column)
{
    const auto type = type_text(column);
    if (type.empty())
        refuse("column '" + std::string{column.name} + "' has no type");
    return quoted_column(column.name) + " " + type + (column.kind == ColumnKind::static_ ? " STATIC" : "");
}

const Column& key_column(const TableSchema& table, ColumnKind kind, std::size_t place)
{
    return table.columns[table.key(kind, place)];
}

std::string primary_key_text(const TableSchema& table)
{
    const auto parts = table.count(ColumnKind::partition_key);
    if (parts == 0)
        refuse("table " + std::string{table.name} + " has no primary key: one column needs PrimaryKey{}");
    Joined partition;
    for (std::size_t i = 0; i != parts; ++i)
        partition += quoted_column(key_column(table, ColumnKind::partition_key, i).name);
    Joined key;
    key += parts == 1 ? partition.text() : "(" + partition.text() + ")";
    for (std::size_t i = 0; i != table.count(ColumnKind::clustering); ++i)
        key += quoted_column(key_column(table, ColumnKind::clustering, i).name);
    return "PRIMARY KEY (" + key.text() + ")";
}

/// Empty when every clustering column ascends: that is what CQL does anyway.
std::string clustering_order_text(const TableSchema& table)
{
    Joined columns;
    bool descends = false;
    for (std::size_t i = 0; i != table.count(ColumnKind::clustering); ++i) {
        const auto& column = key_column(table, ColumnKind::clustering, i);
        descends = descends || column.order == Order::descending;
        columns += quoted_column(column.name) + (column.order == Order::descending ? " DESC" : " ASC");
    }
    return descends ? "CLUSTERING ORDER BY (" + columns.text() + ")" : std::string{};
}

std::string with_text(const TableSchema& table)
{
    Joined clauses{" AND "};
    if (const auto order = clustering_order_text(table); !order.empty())
        clauses += order;
    if (!table.options.empty())
        clauses += options_text(table.options);
    return clauses.empty() ? std::string{} : " WITH " + clauses.text();
}

std::string view_where(const ViewSchema& view)
{
    if (!view.where.empty())
        return std::string{view.where};
    Joined conditions{" AND "};
    for (const auto kind : {ColumnKind::partition_key, ColumnKind::clustering})
        for (std::size_t i = 0; i != view.view.count(kind); ++i)
            conditions += quoted_column(key_column(view.view, kind, i).name) + " IS NOT NULL";
    return conditions.text();
}

std::string view_columns(const ViewSchema& view)
{
    if (view.all_columns)
        return "*";
    Joined columns;
    for (const auto& column : view.view.columns)
        columns += quoted_column(column.name);
    return columns.text();
}

}

std::string create_table(const TableSchema& table, std::string_view keyspace)
{
    Joined columns;
    for (const auto& column : table.columns)
        columns += column_text(column);
    columns += primary_key_text(table);
    return "CREATE TABLE IF NOT EXISTS " + qualified_name(or_own(keyspace, table), table.name) + " (" + columns.text() +
           ")" + with_text(table);
}

std::string drop_table(std::string_view keyspace, std::string_view table)
{
    return "DROP TABLE IF EXISTS " + qualified_name(keyspace, table);
}

std::string truncate(std::string_view keyspace, std::string_view table)
{
    return "TRUNCATE TABLE " + qualified_name(keyspace, table);
}

std::string alter_table_add(std::string_view keyspace, std::string_view table, const Column& column)
{
    return "ALTER TABLE " + qualified_name(keyspace, table) + " ADD " + column_text(column);
}

std::string alter_table_options(std::string_view keyspace, std::string_view table, std::span<const TableOption> options)
{
    if (options.empty())
        refuse("ALTER TABLE " + std::string{table} + " needs at least one option");
    return "ALTER TABLE " + qualified_name(keyspace, table) + " WITH " + options_text(options);
}

std::string create_view(const ViewSchema& view, std::string_view keyspace)
{
    if (view.base_table.empty())
        refuse("view " + std::string{view.view.name} + " names no base table");
    const auto space = or_own(keyspace, view.view);
    return "CREATE MATERIALIZED VIEW IF NOT EXISTS " + qualified_name(space, view.view.name) + " AS SELECT " +
           view_columns(view) + " FROM " + qualified_name(space, view.base_table) + " WHERE " + view_where(view) + " " +
           primary_key_text(view.view) + with_text(view.view);
}

std::string drop_view(std::string_view keyspace, std::string_view view)
{
    return "DROP MATERIALIZED VIEW IF EXISTS " + qualified_name(keyspace, view);
}

}
