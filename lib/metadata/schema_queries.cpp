#include <array>
#include <charconv>
#include <lib/metadata/schema_queries.hpp>

namespace coodie::metadata {

namespace {

/// The texts of one table: all of it, one keyspace of it, one name in that.
struct QueryTexts
{
    SchemaTable table;
    std::string_view all;
    std::string_view keyspace;
    std::string_view name = {};
};

constexpr std::array texts{
    QueryTexts{SchemaTable::keyspaces, "SELECT * FROM system_schema.keyspaces",
               "SELECT * FROM system_schema.keyspaces WHERE keyspace_name = ?"},
    QueryTexts{SchemaTable::tables, "SELECT * FROM system_schema.tables",
               "SELECT * FROM system_schema.tables WHERE keyspace_name = ?",
               "SELECT * FROM system_schema.tables WHERE keyspace_name = ? AND table_name = ?"},
    QueryTexts{SchemaTable::columns, "SELECT * FROM system_schema.columns",
               "SELECT * FROM system_schema.columns WHERE keyspace_name = ?",
               "SELECT * FROM system_schema.columns WHERE keyspace_name = ? AND table_name = ?"},
    QueryTexts{SchemaTable::types, "SELECT * FROM system_schema.types",
               "SELECT * FROM system_schema.types WHERE keyspace_name = ?"},
    QueryTexts{SchemaTable::views, "SELECT * FROM system_schema.views",
               "SELECT * FROM system_schema.views WHERE keyspace_name = ?",
               "SELECT * FROM system_schema.views WHERE keyspace_name = ? AND view_name = ?"},
    QueryTexts{SchemaTable::indexes, "SELECT * FROM system_schema.indexes",
               "SELECT * FROM system_schema.indexes WHERE keyspace_name = ?",
               "SELECT * FROM system_schema.indexes WHERE keyspace_name = ? AND table_name = ?"},
    QueryTexts{SchemaTable::functions, "SELECT * FROM system_schema.functions",
               "SELECT * FROM system_schema.functions WHERE keyspace_name = ?",
               "SELECT * FROM system_schema.functions WHERE keyspace_name = ? AND function_name = ?"},
    QueryTexts{SchemaTable::aggregates, "SELECT * FROM system_schema.aggregates",
               "SELECT * FROM system_schema.aggregates WHERE keyspace_name = ?",
               "SELECT * FROM system_schema.aggregates WHERE keyspace_name = ? AND aggregate_name = ?"},
    QueryTexts{SchemaTable::scylla_tables, "SELECT * FROM system_schema.scylla_tables",
               "SELECT * FROM system_schema.scylla_tables WHERE keyspace_name = ?",
               "SELECT * FROM system_schema.scylla_tables WHERE keyspace_name = ? AND table_name = ?"},
    QueryTexts{SchemaTable::virtual_keyspaces, "SELECT * FROM system_virtual_schema.keyspaces",
               "SELECT * FROM system_virtual_schema.keyspaces WHERE keyspace_name = ?"},
    QueryTexts{SchemaTable::virtual_tables, "SELECT * FROM system_virtual_schema.tables",
               "SELECT * FROM system_virtual_schema.tables WHERE keyspace_name = ?"},
    QueryTexts{SchemaTable::virtual_columns, "SELECT * FROM system_virtual_schema.columns",
               "SELECT * FROM system_virtual_schema.columns WHERE keyspace_name = ?"},
};

constexpr bool is_scyllas(SchemaTable table) noexcept
{
    return table == SchemaTable::scylla_tables;
}
constexpr bool is_virtual(SchemaTable table) noexcept
{
    return table >= SchemaTable::virtual_keyspaces;
}
constexpr bool is_relations(SchemaTable table) noexcept
{
    return table == SchemaTable::tables || table == SchemaTable::views || table == SchemaTable::columns ||
           table == SchemaTable::indexes || is_scyllas(table);
}

class QueryList
{
public:
    explicit QueryList(SchemaSources sources) noexcept : sources_{sources} {}

    void add_everything()
    {
        for (const auto& table : texts)
            add(table, table.all, {});
    }
    /// Virtual keyspaces never change.
    void add_keyspace(const std::string& keyspace)
    {
        for (const auto& table : texts)
            if (!is_virtual(table.table))
                add(table, table.keyspace, {keyspace});
    }
    void add_parts(const std::string& keyspace, const KeyspaceParts& parts);
    std::vector<SchemaQuery> take() noexcept { return std::move(queries_); }

private:
    void add(const QueryTexts& table, std::string_view cql, std::vector<std::string> values)
    {
        const bool optional = is_scyllas(table.table) || is_virtual(table.table);
        if (is_scyllas(table.table) ? sources_.scylla_tables : !is_virtual(table.table) || sources_.virtual_tables)
            queries_.push_back({table.table, cql, std::move(values), optional});
    }

    SchemaSources sources_;
    std::vector<SchemaQuery> queries_;
};

void QueryList::add_parts(const std::string& keyspace, const KeyspaceParts& parts)
{
    for (const auto& table : texts) {
        if (is_relations(table.table))
            for (const auto& [name, dropped] : parts.relations)
                if (!dropped)
                    add(table, table.name, {keyspace, name});
        if (table.table == SchemaTable::functions)
            for (const auto& name : parts.functions)
                add(table, table.name, {keyspace, name});
        if (table.table == SchemaTable::aggregates)
            for (const auto& name : parts.aggregates)
                add(table, table.name, {keyspace, name});
        if (table.table == SchemaTable::types && parts.types)
            add(table, table.keyspace, {keyspace});
    }
}

}

Statement SchemaQuery::statement() const
{
    switch (values.size()) {
    case 0: return Statement{std::string{cql}};
    case 1: return Statement{std::string{cql}, values[0]};
    default: return Statement{std::string{cql}, values[0], values[1]};
    }
}

SchemaSources SchemaSources::of(std::string_view release_version, bool is_scylla) noexcept
{
    unsigned major = 0;
    std::from_chars(release_version.data(), release_version.data() + release_version.size(), major);
    return {.scylla_tables = is_scylla, .virtual_tables = !is_scylla && major >= 4};
}

SchemaDue widened(SchemaDue due, const SchemaMetadata& known)
{
    const auto keyspaces = due.keyspaces();
    for (const auto& [name, of_keyspace] : keyspaces) {
        const auto* const parts = std::get_if<KeyspaceParts>(&of_keyspace);
        if (!parts)
            continue;
        const auto before = known.keyspace(name);
        if (!before || (parts->types && !before->problems.empty()))
            due.add(name, WholeKeyspace{});
    }
    return due;
}

std::vector<SchemaQuery> queries_for(const SchemaDue& due, SchemaSources sources)
{
    QueryList list{sources};
    if (due.is_full())
        list.add_everything();
    for (const auto& [keyspace, of_keyspace] : due.keyspaces()) {
        if (std::holds_alternative<WholeKeyspace>(of_keyspace))
            list.add_keyspace(keyspace);
        else if (const auto* const parts = std::get_if<KeyspaceParts>(&of_keyspace))
            list.add_parts(keyspace, *parts);
    }
    return list.take();
}

}
