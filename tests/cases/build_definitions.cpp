#include "arguments.hpp"
#include "owned_table.hpp"

#include <coodie/mapping/ddl.hpp>
#include <coodie/mapping/identifier.hpp>

namespace cases {

namespace cql = coodie::cql;

namespace {

Outcome text(std::string cql)
{
    return {std::move(cql)};
}

cql::Replication replication(Arguments& arguments)
{
    cql::Replication made;
    if (const auto& factor = arguments["replication_factor"]; !factor.is_null())
        made.factor = factor.get<std::uint32_t>();
    if (const auto& strategy = arguments["strategy"]; !strategy.is_null())
        made.strategy = strategy.get<std::string>();
    if (const auto& copies = arguments["dc_replication_map"]; !copies.is_null()) {
        made.datacenters.emplace();
        for (const auto& [datacenter, count] : copies.items())
            made.datacenters->emplace_back(datacenter, count.get<std::uint32_t>());
    }
    return made;
}

Outcome create_table(Arguments& arguments)
{
    OwnedTable table{arguments.text("keyspace"), arguments.text("table")};
    for (const auto& column : arguments["cols"])
        add_definition(table, column);
    if (const auto& options = arguments["table_options"]; !options.is_null())
        table.options(options);
    return text(cql::create_table(table.view()));
}

/// An index on a column of a table.
template <class Make> Outcome index(Arguments& arguments, const Make& make)
{
    OwnedTable table{arguments.text("keyspace"), arguments.text("table")};
    const auto& column = add_definition(table, arguments["col"]);
    return text(make(table, column));
}

Outcome create_index(Arguments& arguments)
{
    return index(arguments, [](OwnedTable& table, const coodie::Column& column) {
        return cql::create_index(table.view().keyspace, table.view().name, column);
    });
}

Outcome vector_index(Arguments& arguments)
{
    return index(arguments, [](OwnedTable& table, const coodie::Column& column) {
        return cql::create_vector_index(table.view().keyspace, table.view().name, column);
    });
}

Outcome alter_options(Arguments& arguments)
{
    OwnedTable table{arguments.text("keyspace"), arguments.text("table")};
    return text(
        cql::alter_table_options(table.view().keyspace, table.view().name, table.entries(arguments["options"])));
}

Outcome add_type_field(Arguments& arguments)
{
    return text(cql::alter_type_add(arguments.text("keyspace"), arguments.text("type_name"),
                                    {arguments.text("field_name"), arguments.text("cql_type")}));
}

Outcome custom_index(Arguments& arguments)
{
    return index(arguments, [&](OwnedTable& table, const coodie::Column& column) {
        const auto& index_class = arguments["index_class"];
        const auto& options = arguments["options"];
        return cql::create_custom_index(
            table.view().keyspace, table.view().name, column,
            index_class.is_null() ? cql::storage_attached_index : table.keep(index_class.get<std::string>()),
            options.is_null() ? std::span<const coodie::TableOption>{} : table.entries(options));
    });
}

Outcome create_view(Arguments& arguments)
{
    OwnedTable table{arguments.text("keyspace"), arguments.text("view_name")};
    const auto& listed = arguments["columns"];
    const bool all = listed.is_null() || listed == Json::array({"*"});
    if (!all)
        for (const auto& column : listed)
            table.column(column.get<std::string>());
    std::uint8_t place = 0;
    for (const auto& name : arguments["primary_key_columns"]) {
        auto& column = table.at(table.column(name.get<std::string>()));
        column.kind = coodie::ColumnKind::partition_key;
        column.position = place++;
    }
    place = 0;
    for (const auto& name : arguments["clustering_columns"]) {
        auto& column = table.at(table.column(name.get<std::string>()));
        column.kind = coodie::ColumnKind::clustering;
        column.position = place++;
    }
    for (const auto& [name, order] : arguments["clustering_order"].items())
        table.at(table.column(name)).order = order == "DESC" ? coodie::descending : coodie::ascending;
    const auto base = arguments.text("base_table");
    const auto& where = arguments["where_clause"];
    return text(cql::create_view(
        {table.view(), base, all, where.is_null() ? std::string_view{} : table.keep(where.get<std::string>())}));
}

Outcome create_type(Arguments& arguments)
{
    std::vector<cql::TypeField> fields;
    for (const auto& field : arguments["fields"])
        fields.push_back({field.at(0).get<std::string>(), field.at(1).get<std::string>()});
    return text(cql::create_type(arguments.text("keyspace"), arguments.text("type_name"), fields));
}

}

Builders definition_builders()
{
    const auto named = [](auto make, const char* name) {
        return [=](Arguments& a) { return text(make(a.text("keyspace"), a.text(name))); };
    };
    return {{"build_create_keyspace",
             [](Arguments& a) { return text(cql::create_keyspace(a.text("keyspace"), replication(a))); }},
            {"build_drop_keyspace", [](Arguments& a) { return text(cql::drop_keyspace(a.text("keyspace"))); }},
            {"build_create_table", create_table},
            {"build_drop_table", named(cql::drop_table, "table")},
            {"build_truncate", named(cql::truncate, "table")},
            {"build_alter_table_options", alter_options},
            {"build_create_index", create_index},
            {"build_create_custom_index", custom_index},
            {"build_create_vector_index", vector_index},
            {"build_drop_index", named(cql::drop_index, "index_name")},
            {"build_create_materialized_view", create_view},
            {"build_drop_materialized_view", named(cql::drop_view, "view_name")},
            {"build_create_type", create_type},
            {"build_drop_type", named(cql::drop_type, "type_name")},
            {"build_alter_type_add", add_type_field},
            {"quote_ident", [](Arguments& a) { return text(cql::quoted_name(a.text("name"))); }},
            {"schema_name", [](Arguments& a) { return text(cql::schema_name(a.text("name"))); }},
            {"qualified_name", named(cql::qualified_name, "name")}};
}

}
