#include "system_rows.hpp"

using namespace coodie;
using namespace coodie::metadata;
using coodie::testing::row;
using coodie::testing::RowOfValues;

namespace {

/// Rows of a table, of which a query wants those of one keyspace, or of one name in it.
class Selection
{
public:
    explicit Selection(const SchemaQuery& query) : query_{query} {}

    template <class... T> void add(const std::string& keyspace, const std::string& name, const T&... cells)
    {
        const auto& wanted = query_.values;
        auto made = row(keyspace, name, cells...);
        if (!any_)
            any_ = made;
        if ((wanted.empty() || wanted[0] == keyspace) && (wanted.size() < 2 || wanted[1] == name))
            content_.push_back(std::move(made));
    }
    Rows rows(testing::Names names) const
    {
        if (!content_.empty())
            return testing::rows(names, content_);
        return any_ ? testing::no_rows(names, any_->types()) : Rows{};
    }

private:
    const SchemaQuery& query_;
    std::vector<RowOfValues> content_;
    std::optional<RowOfValues> any_;
};

Uuid id_of(const std::string& name)
{
    Uuid id;
    id.bytes[0] = static_cast<std::byte>(name[0]);
    id.bytes[1] = static_cast<std::byte>(name.size());
    return id;
}

Rows columns_of(const std::vector<SystemSchema::Column>& columns, Selection selection)
{
    for (const auto& [keyspace, table, name, kind, position, type, order] : columns)
        selection.add(keyspace, table, name, kind, position, type, order);
    return selection.rows(
        {"keyspace_name", "table_name", "column_name", "kind", "position", "type", "clustering_order"});
}

Rows tables_of(const std::vector<SystemSchema::Table>& tables, Selection selection)
{
    for (const auto& [keyspace, name, comment] : tables)
        selection.add(keyspace, name, id_of(name), comment);
    return selection.rows({"keyspace_name", "table_name", "id", "comment"});
}

}

void SystemSchema::add_table(const std::string& keyspace, const std::string& name,
                             const std::vector<std::pair<std::string, std::string>>& regular)
{
    tables.push_back({keyspace, name});
    columns.push_back({keyspace, name, "id", "partition_key", 0});
    for (const auto& [column, type] : regular)
        columns.push_back({keyspace, name, column, "regular", -1, type});
}

Rows SystemSchema::answer(const SchemaQuery& query) const
{
    Selection selection{query};
    switch (query.table) {
    case SchemaTable::keyspaces:
        for (const auto& [name, replication, durable_writes] : keyspaces)
            selection.add(name, "", replication, durable_writes);
        return selection.rows({"keyspace_name", "", "replication", "durable_writes"});
    case SchemaTable::tables: return tables_of(tables, selection);
    case SchemaTable::columns: return columns_of(columns, selection);
    case SchemaTable::types:
        for (const auto& [keyspace, name, fields, field_types] : types)
            selection.add(keyspace, name, fields, field_types);
        return selection.rows({"keyspace_name", "type_name", "field_names", "field_types"});
    case SchemaTable::views:
        for (const auto& [keyspace, name, base] : views)
            selection.add(keyspace, name, base, id_of(name), std::string{"id IS NOT NULL"}, true);
        return selection.rows(
            {"keyspace_name", "view_name", "base_table_name", "id", "where_clause", "include_all_columns"});
    case SchemaTable::indexes:
        for (const auto& [keyspace, table, name, kind, options] : indexes)
            selection.add(keyspace, table, name, kind, options);
        return selection.rows({"keyspace_name", "table_name", "index_name", "kind", "options"});
    case SchemaTable::functions:
        for (const auto& [keyspace, name, arguments, argument_types, return_type] : functions)
            selection.add(keyspace, name, arguments, argument_types, return_type, std::string{"java"},
                          std::string{"return a;"}, true);
        return selection.rows({"keyspace_name", "function_name", "argument_names", "argument_types", "return_type",
                               "language", "body", "called_on_null_input"});
    case SchemaTable::aggregates:
        for (const auto& [keyspace, name, argument_types, state_function, state_type, final_function] : aggregates)
            selection.add(keyspace, name, argument_types, state_function, state_type, state_type, final_function,
                          std::optional<std::string>{});
        return selection.rows({"keyspace_name", "aggregate_name", "argument_types", "state_func", "state_type",
                               "return_type", "final_func", "initcond"});
    case SchemaTable::scylla_tables:
        for (const auto& [keyspace, table, partitioner] : scylla_tables)
            selection.add(keyspace, table, partitioner);
        return selection.rows({"keyspace_name", "table_name", "partitioner"});
    case SchemaTable::virtual_keyspaces:
        for (const auto& name : virtual_keyspaces)
            selection.add(name, "");
        return selection.rows({"keyspace_name", ""});
    case SchemaTable::virtual_tables: return tables_of(virtual_tables, selection);
    case SchemaTable::virtual_columns: return columns_of(virtual_columns, selection);
    }
    return {};
}

SchemaRefresh::Outcome SystemSchema::refresh(std::shared_ptr<const SchemaMetadata> known, SchemaDue due,
                                             SchemaSources sources) const
{
    SchemaRefresh refresh{std::move(known), std::move(due), sources};
    for (std::size_t query = 0; query != refresh.queries().size(); ++query)
        refresh.answer(query, answer(refresh.queries()[query]));
    return refresh.finish();
}
