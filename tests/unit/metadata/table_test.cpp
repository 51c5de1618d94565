#include "system_rows.hpp"

#include <coodie/metadata.hpp>
#include <doctest/doctest.h>

using namespace coodie;
using namespace coodie::metadata;

namespace {

using Texts = std::vector<std::string>;

Texts names_of(std::span<const ColumnMetadata> columns)
{
    Texts names;
    for (const auto& column : columns)
        names.push_back(column.name);
    return names;
}

/// A table with columns of every kind, as it comes: by name.
SystemSchema events()
{
    SystemSchema server;
    server.keyspaces = {{"ks"}};
    server.tables = {{"ks", "events", "what happened"}};
    server.columns = {{"ks", "events", "at", "clustering", 0, "timestamp", "desc"},
                      {"ks", "events", "body", "regular", -1, "frozen<map<text, int>>"},
                      {"ks", "events", "day", "partition_key", 1, "date"},
                      {"ks", "events", "id", "clustering", 1, "timeuuid", "asc"},
                      {"ks", "events", "Kind", "partition_key", 0, "text"},
                      {"ks", "events", "owner", "static", -1, "text"},
                      {"ks", "events", "a", "regular", -1, "int"}};
    return server;
}

}

TEST_CASE("columns stand as SELECT * gives them")
{
    const auto table = events().read()->table("ks", "events");
    REQUIRE(table);
    CHECK(names_of(table->columns) == Texts{"Kind", "day", "at", "id", "owner", "a", "body"});
    CHECK(names_of(table->partition_key()) == Texts{"Kind", "day"});
    CHECK(names_of(table->clustering_key()) == Texts{"at", "id"});
    CHECK(table->columns[2].order == Order::descending);
    CHECK(table->columns[3].order == Order::ascending);
    CHECK(table->columns[4].kind == ColumnKind::static_);
    CHECK(table->column("body")->type_text == "frozen<map<text, int>>");
    CHECK(table->column("body")->type.to_string() == "map<text, int>");
    CHECK(table->column("Body") == nullptr);
}

TEST_CASE("a table knows its name, its id and what else the server says")
{
    const auto table = events().read()->table("ks", "events");
    REQUIRE(table);
    CHECK(table->keyspace == "ks");
    CHECK(table->name == "events");
    CHECK(table->id != Uuid{});
    CHECK(table->options.size() == 1);
    CHECK(table->options.at("comment") == Value{std::string{"what happened"}});
    CHECK_FALSE(table->is_counter);
    CHECK(table->partitioner.empty());
}

TEST_CASE("indexes stand in their table")
{
    auto server = events();
    server.indexes = {{"ks", "events", "by_body", "COMPOSITES", {{"target", "values(body)"}}},
                      {"ks", "events", "by_a", "CUSTOM", {{"target", "a"}, {"class_name", "StorageAttachedIndex"}}},
                      {"ks", "events", "odd", "WHAT", {}},
                      {"ks", "nowhere", "lost", "KEYS", {{"target", "x"}}}};
    const auto table = server.read()->table("ks", "events");
    REQUIRE(table);
    REQUIRE(table->indexes.size() == 3);
    CHECK(table->indexes.at("by_body").kind == IndexKind::composites);
    CHECK(table->indexes.at("by_body").target == "values(body)");
    CHECK(table->indexes.at("by_a").kind == IndexKind::custom);
    CHECK(table->indexes.at("by_a").options.at("class_name") == "StorageAttachedIndex");
    CHECK(table->indexes.at("odd").kind == IndexKind::unknown);
}

TEST_CASE("a table of counters is one")
{
    auto server = events();
    server.add_table("ks", "views", {{"hits", "counter"}});
    CHECK(server.read()->table("ks", "views")->is_counter);
}

TEST_CASE("Scylla's tables may have partitioners of their own")
{
    auto server = events();
    server.scylla_tables = {{"ks", "events", "com.scylladb.dht.CDCPartitioner"}};
    const auto schema = server.refresh(nullptr, SchemaDue::everything(), {.scylla_tables = true}).schema;
    CHECK(schema->table("ks", "events")->partitioner == "com.scylladb.dht.CDCPartitioner");
}

TEST_CASE("a view knows its table")
{
    auto server = events();
    server.views = {{"ks", "by_owner", "events"}};
    server.columns.push_back({"ks", "by_owner", "owner", "partition_key", 0, "text"});
    const auto view = server.read()->keyspace("ks")->view("by_owner");
    REQUIRE(view);
    CHECK(view->base_table == "events");
    CHECK(view->where_clause == "id IS NOT NULL");
    CHECK(view->includes_all_columns);
    CHECK(names_of(view->partition_key()) == Texts{"owner"});
}

TEST_CASE("columns of old compact tables without values are read")
{
    auto server = events();
    server.add_table("ks", "compact");
    server.columns.push_back({"ks", "compact", "value", "compact_value", -1, "empty"});
    const auto table = server.read()->table("ks", "compact");
    REQUIRE(table);
    CHECK(table->column("value")->kind == ColumnKind::regular);
    CHECK(table->column("value")->type.id == TypeId::custom);
}

TEST_CASE("functions and aggregates know their types")
{
    auto server = events();
    server.types = {{"ks", "address", {"street"}, {"text"}}};
    server.functions = {{"ks", "Street", {"a"}, {"frozen<address>"}, "text"}, {"ks", "now", {}, {}, "timeuuid"}};
    server.aggregates = {{"ks", "average", {"int"}, "step", "tuple<int, bigint>", "finish"}};
    const auto keyspace = server.read()->keyspace("ks");
    CHECK(keyspace->problems.empty());
    const auto function = find_named(keyspace->functions, "Street(frozen<address>)");
    REQUIRE(function);
    CHECK(function->arguments.at(0).name == "a");
    CHECK(function->arguments[0].type.field_names == Texts{"street"});
    CHECK(function->return_type.id == TypeId::text);
    CHECK(function->language == "java");
    CHECK(function->called_on_null_input);
    CHECK(find_named(keyspace->functions, "now()"));

    const auto aggregate = find_named(keyspace->aggregates, "average(int)");
    REQUIRE(aggregate);
    CHECK(aggregate->state_function == "step");
    CHECK(aggregate->state_type.to_string() == "tuple<int, bigint>");
    CHECK(aggregate->final_function == "finish");
    CHECK_FALSE(aggregate->initial_condition);
}
