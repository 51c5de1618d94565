#include <lib/testing/schema_tables.hpp>

namespace coodie::testing {
namespace {

using Texts = std::map<std::string, std::string>;

Value map_of(const Texts& texts)
{
    Value::Map map;
    for (const auto& [key, value] : texts)
        map.emplace_back(key, value);
    return map;
}

Value list_of(const std::vector<std::pair<std::string, std::string>>& pairs, bool first)
{
    Value::List list;
    for (const auto& [name, type] : pairs)
        list.emplace_back(first ? name : type);
    return list;
}

StoredRow with(StoredRow row, const std::map<std::string, Value>& columns)
{
    for (const auto& [name, value] : columns)
        row.insert_or_assign(name, value);
    return row;
}

/// What a table says that nobody chose anything for.
StoredRow options_row(const std::string& keyspace, const std::string& name, const std::optional<Uuid>& id)
{
    return {{"keyspace_name", keyspace},
            {"additional_write_policy", "99p"},
            {"bloom_filter_fp_chance", 0.01},
            {"caching", map_of({{"keys", "ALL"}, {"rows_per_partition", "NONE"}})},
            {"cdc", false},
            {"comment", ""},
            {"compaction", map_of({{"class", "org.apache.cassandra.db.compaction.SizeTieredCompactionStrategy"},
                                   {"max_threshold", "32"},
                                   {"min_threshold", "4"}})},
            {"compression",
             map_of({{"chunk_length_in_kb", "16"}, {"class", "org.apache.cassandra.io.compress.LZ4Compressor"}})},
            {"crc_check_chance", 1.0},
            {"dclocal_read_repair_chance", 0.0},
            {"default_time_to_live", 0},
            {"extensions", Value::Map{}},
            {"gc_grace_seconds", 864'000},
            {"id", id.value_or(uuid_of(keyspace + "." + name))},
            {"max_index_interval", 2048},
            {"memtable_flush_period_in_ms", 0},
            {"min_index_interval", 128},
            {"read_repair", "BLOCKING"},
            {"read_repair_chance", 0.0},
            {"speculative_retry", "99p"}};
}

StoredRow table_row(const FakeKeyspace& keyspace, const FakeTable& table)
{
    auto row = options_row(keyspace.name, table.name, table.id);
    row["table_name"] = table.name;
    bool has_counter = false;
    for (const auto& column : table.columns)
        has_counter = has_counter || column.type == "counter";
    row["flags"] = has_counter ? Value::List{"compound", "counter"} : Value::List{"compound"};
    return with(std::move(row), table.row);
}

StoredRow view_row(const FakeKeyspace& keyspace, const FakeView& view)
{
    auto row = options_row(keyspace.name, view.name, view.id);
    Uuid base = uuid_of(keyspace.name + "." + view.base);
    for (const auto& table : keyspace.tables)
        if (table.name == view.base && table.id)
            base = *table.id;
    row["view_name"] = view.name;
    row["base_table_id"] = base;
    row["base_table_name"] = view.base;
    row["include_all_columns"] = view.include_all_columns;
    row["where_clause"] = view.where;
    return with(std::move(row), view.row);
}

void add_columns(std::vector<StoredRow>& rows, const std::string& keyspace, const std::string& table,
                 const std::vector<FakeColumn>& columns)
{
    for (const auto& column : columns)
        rows.push_back({{"keyspace_name", keyspace},
                        {"table_name", table},
                        {"column_name", column.name},
                        {"clustering_order", column.order},
                        {"column_name_bytes", blob(column.name)},
                        {"kind", column.kind},
                        {"position", column.position},
                        {"type", column.type}});
}

void add_indexes(std::vector<StoredRow>& rows, const std::string& keyspace, const FakeTable& table)
{
    for (const auto& index : table.indexes)
        rows.push_back({{"keyspace_name", keyspace},
                        {"table_name", table.name},
                        {"index_name", index.name},
                        {"kind", index.kind},
                        {"options", map_of(index.options)}});
}

StoredRow type_row(const FakeKeyspace& keyspace, const FakeUserType& type)
{
    return {{"keyspace_name", keyspace.name},
            {"type_name", type.name},
            {"field_names", list_of(type.fields, true)},
            {"field_types", list_of(type.fields, false)}};
}

StoredRow function_row(const FakeKeyspace& keyspace, const FakeFunction& function)
{
    return {{"keyspace_name", keyspace.name},
            {"function_name", function.name},
            {"argument_names", list_of(function.arguments, true)},
            {"argument_types", list_of(function.arguments, false)},
            {"body", function.body},
            {"called_on_null_input", function.called_on_null},
            {"language", function.language},
            {"return_type", function.returns}};
}

StoredRow aggregate_row(const FakeKeyspace& keyspace, const FakeAggregate& aggregate)
{
    return {{"keyspace_name", keyspace.name},
            {"aggregate_name", aggregate.name},
            {"argument_types", Value::List(aggregate.arguments.begin(), aggregate.arguments.end())},
            {"final_func", aggregate.final_function},
            {"initcond", aggregate.initial},
            {"return_type", aggregate.returns},
            {"state_func", aggregate.state_function},
            {"state_type", aggregate.state_type}};
}

StoredRow keyspace_row(const FakeKeyspace& keyspace)
{
    return with({{"keyspace_name", keyspace.name},
                 {"durable_writes", keyspace.durable_writes},
                 {"replication", map_of(keyspace.replication)}},
                keyspace.row);
}

void add_rows(std::vector<StoredRow>& rows, const FakeKeyspace& keyspace, std::string_view table)
{
    if (table == "keyspaces")
        rows.push_back(keyspace_row(keyspace));
    for (const auto& part : keyspace.tables) {
        if (table == "tables")
            rows.push_back(table_row(keyspace, part));
        if (table == "columns")
            add_columns(rows, keyspace.name, part.name, part.columns);
        if (table == "indexes")
            add_indexes(rows, keyspace.name, part);
    }
    for (const auto& view : keyspace.views) {
        if (table == "views")
            rows.push_back(view_row(keyspace, view));
        if (table == "columns")
            add_columns(rows, keyspace.name, view.name, view.columns);
    }
    for (const auto& type : keyspace.types)
        if (table == "types")
            rows.push_back(type_row(keyspace, type));
    for (const auto& function : keyspace.functions)
        if (table == "functions")
            rows.push_back(function_row(keyspace, function));
    for (const auto& aggregate : keyspace.aggregates)
        if (table == "aggregates")
            rows.push_back(aggregate_row(keyspace, aggregate));
}

}

std::vector<StoredRow> schema_rows(const FakeSchema& schema, std::string_view table)
{
    std::vector<StoredRow> rows;
    for (const auto& keyspace : schema)
        add_rows(rows, keyspace, table);
    return rows;
}

}
