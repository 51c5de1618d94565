#include "system_rows.hpp"

#include <doctest/doctest.h>

using namespace coodie;
using namespace coodie::metadata;

namespace {

using Texts = std::vector<std::string>;

SchemaDue due(std::string change, std::string target, std::string keyspace, std::string name = {})
{
    SchemaDue made;
    made.add(SchemaChange{std::move(change), std::move(target), std::move(keyspace), std::move(name), {}});
    return made;
}

/// Two keyspaces; in the first two tables, of which one uses a type, a view and functions.
SystemSchema shop()
{
    SystemSchema shop;
    shop.keyspaces = {{"shop"}, {"other"}};
    shop.types = {{"shop", "address", {"street"}, {"text"}}};
    shop.add_table("shop", "users", {{"home", "frozen<address>"}, {"name", "text"}});
    shop.add_table("shop", "items", {{"price", "decimal"}});
    shop.add_table("other", "t");
    shop.views = {{"shop", "users_by_name", "users"}};
    shop.columns.push_back({"shop", "users_by_name", "name", "partition_key", 0, "text"});
    shop.columns.push_back({"shop", "users_by_name", "id", "clustering", 0, "int", "asc"});
    shop.functions = {{"shop", "plus", {"a", "b"}, {"int", "int"}, "int"},
                      {"shop", "plus", {"a", "b"}, {"text", "text"}, "text"}};
    shop.aggregates = {{"shop", "total", {"int"}, "plus", "int", {}}};
    return shop;
}

Texts names_of(const auto& parts)
{
    Texts names;
    for (const auto& [name, part] : parts)
        names.push_back(name);
    return names;
}

Texts texts_of(const SchemaRefresh& refresh)
{
    Texts texts;
    for (const auto& query : refresh.queries()) {
        texts.emplace_back(query.cql);
        for (const auto& value : query.values)
            texts.back() += " <" + value + ">";
    }
    return texts;
}

}

TEST_CASE("a full refresh reads every keyspace")
{
    const auto schema = shop().read();
    CHECK(names_of(schema->keyspaces) == Texts{"other", "shop"});
    const auto keyspace = schema->keyspace("shop");
    REQUIRE(keyspace);
    CHECK(keyspace->problems.empty());
    CHECK(names_of(keyspace->tables) == Texts{"items", "users"});
    CHECK(names_of(keyspace->views) == Texts{"users_by_name"});
    CHECK(names_of(keyspace->types) == Texts{"address"});
    CHECK(names_of(keyspace->functions) == Texts{"plus(int,int)", "plus(text,text)"});
    CHECK(names_of(keyspace->aggregates) == Texts{"total(int)"});
    CHECK(keyspace->functions_named("plus").size() == 2);
    CHECK(keyspace->aggregates_named("total").size() == 1);
    CHECK(keyspace->views_of("users").size() == 1);
    CHECK(keyspace->views_of("items").empty());
    CHECK(schema->table("shop", "users")->column("home")->type.field_names == Texts{"street"});
    CHECK_FALSE(schema->table("shop", "nothing"));
    CHECK_FALSE(schema->table("nowhere", "users"));
}

TEST_CASE("what is due decides what is asked, and names are values, never text")
{
    const auto known = shop().read();
    const auto asked = [&](SchemaDue what, SchemaSources sources = {}) {
        return texts_of(SchemaRefresh{known, std::move(what), sources});
    };
    CHECK(asked(SchemaDue::everything()).size() == 8);
    CHECK(asked(SchemaDue::everything(), SchemaSources::of("5.0.8", false)).size() == 11);
    CHECK(asked(SchemaDue::everything(), SchemaSources::of("3.11.4", false)).size() == 8);
    CHECK(asked(SchemaDue::everything(), SchemaSources::of("3.0.8", true)).size() == 9);
    CHECK(asked(SchemaDue::everything(), SchemaSources::of("", false)).size() == 8);
    CHECK(asked(due("UPDATED", "KEYSPACE", "shop")).size() == 8);
    CHECK(asked(due("DROPPED", "KEYSPACE", "shop")).empty());
    CHECK(asked(due("UPDATED", "TABLE", "shop", "x'\" OR 1")) ==
          Texts{"SELECT * FROM system_schema.tables WHERE keyspace_name = ? AND table_name = ? <shop> <x'\" OR 1>",
                "SELECT * FROM system_schema.columns WHERE keyspace_name = ? AND table_name = ? <shop> <x'\" OR 1>",
                "SELECT * FROM system_schema.views WHERE keyspace_name = ? AND view_name = ? <shop> <x'\" OR 1>",
                "SELECT * FROM system_schema.indexes WHERE keyspace_name = ? AND table_name = ? <shop> <x'\" OR 1>"});
    CHECK(asked(due("DROPPED", "TABLE", "shop", "users")).empty());
    CHECK(asked(due("CREATED", "TYPE", "shop", "address")) ==
          Texts{"SELECT * FROM system_schema.types WHERE keyspace_name = ? <shop>"});
    CHECK(asked(due("DROPPED", "FUNCTION", "shop", "plus")) ==
          Texts{"SELECT * FROM system_schema.functions WHERE keyspace_name = ? AND function_name = ? <shop> <plus>"});
    CHECK(asked(due("UPDATED", "AGGREGATE", "shop", "total")) ==
          Texts{"SELECT * FROM system_schema.aggregates WHERE keyspace_name = ? AND aggregate_name = ? <shop> "
                "<total>"});
    // Parts of a keyspace that nobody knows are all of it.
    CHECK(asked(due("UPDATED", "TABLE", "new", "t")).size() == 8);

    const SchemaRefresh refresh{known, due("UPDATED", "TABLE", "shop", "users"), {}};
    const auto statement = refresh.queries()[0].statement();
    CHECK(statement.text() == refresh.queries()[0].cql);
    CHECK(statement.types().size() == 2);
    CHECK_FALSE(refresh.queries()[0].optional);
}

TEST_CASE("only tables that not every server has are optional")
{
    const SchemaRefresh refresh{nullptr, SchemaDue::everything(), {.scylla_tables = true, .virtual_tables = true}};
    for (const auto& query : refresh.queries()) {
        CAPTURE(query.cql);
        CHECK(query.optional ==
              (query.cql.find("scylla") != query.cql.npos || query.cql.find("virtual") != query.cql.npos));
    }
}

TEST_CASE("a refreshed table replaces its own part and shares the rest")
{
    auto server = shop();
    const auto known = server.read();
    server.columns.push_back({"shop", "users", "age", "regular", -1, "int"});
    const auto next = server.refresh(known, due("UPDATED", "TABLE", "shop", "users")).schema;
    CHECK(known->table("shop", "users")->column("age") == nullptr);
    CHECK(next->table("shop", "users")->column("age") != nullptr);
    CHECK(next->table("shop", "users")->column("home")->type.field_names == Texts{"street"});
    CHECK(next->table("shop", "items") == known->table("shop", "items"));
    CHECK(next->keyspace("other") == known->keyspace("other"));
    CHECK(next->keyspace("shop") != known->keyspace("shop"));
}

TEST_CASE("a refresh that finds nothing new gives the same snapshot")
{
    const auto server = shop();
    const auto known = server.read();
    CHECK(server.refresh(known, SchemaDue::everything()).schema == known);
    CHECK(server.refresh(known, due("UPDATED", "KEYSPACE", "shop")).schema == known);
    CHECK(server.refresh(known, due("UPDATED", "TABLE", "shop", "users")).schema == known);
    CHECK(server.refresh(known, due("UPDATED", "TYPE", "shop", "address")).schema == known);
    CHECK(server.refresh(known, due("UPDATED", "FUNCTION", "shop", "plus")).schema == known);
    CHECK(server.refresh(known, due("DROPPED", "KEYSPACE", "nowhere")).schema == known);
    CHECK(server.refresh(known, SchemaDue{}).schema == known);
}

TEST_CASE("a full refresh shares the parts that did not change")
{
    auto server = shop();
    const auto known = server.read();
    server.add_table("shop", "new");
    const auto next = server.refresh(known, SchemaDue::everything()).schema;
    CHECK(next->keyspace("other") == known->keyspace("other"));
    CHECK(next->table("shop", "users") == known->table("shop", "users"));
    CHECK(next->table("shop", "new"));
}

TEST_CASE("what was dropped is gone, without a question and with one")
{
    auto server = shop();
    const auto known = server.read();
    CHECK_FALSE(server.refresh(known, due("DROPPED", "TABLE", "shop", "items")).schema->table("shop", "items"));
    CHECK(server.refresh(known, due("DROPPED", "TABLE", "shop", "users_by_name"))
              .schema->keyspace("shop")
              ->views.empty());
    CHECK_FALSE(server.refresh(known, due("DROPPED", "KEYSPACE", "shop")).schema->keyspace("shop"));

    server.functions.pop_back();
    const auto one = server.refresh(known, due("DROPPED", "FUNCTION", "shop", "plus")).schema;
    CHECK(names_of(one->keyspace("shop")->functions) == Texts{"plus(int,int)"});
    server.keyspaces.erase(server.keyspaces.begin());
    CHECK_FALSE(server.refresh(known, due("UPDATED", "KEYSPACE", "shop")).schema->keyspace("shop"));
}

TEST_CASE("a changed type changes the columns that are made of it, and no others")
{
    auto server = shop();
    const auto known = server.read();
    server.types[0] = {"shop", "address", {"street", "zip"}, {"text", "int"}};
    const auto next = server.refresh(known, due("UPDATED", "TYPE", "shop", "address")).schema;
    CHECK(next->table("shop", "users")->column("home")->type.field_names == Texts{"street", "zip"});
    CHECK(next->keyspace("shop")->type("address")->fields.size() == 2);
    CHECK(next->table("shop", "items") == known->table("shop", "items"));
}

TEST_CASE("sc-54 what nobody can read is told of and spoils nothing else")
{
    auto server = shop();
    server.keyspaces.push_back({"bad", {}});
    server.add_table("bad", "fine");
    server.add_table("bad", "of_nothing", {{"x", "frozen<nothing>"}});
    server.tables.push_back({"bad", "without_columns"});
    server.add_table("bad", "odd_kind");
    server.columns.back().kind = "what";
    server.add_table("bad", "no_position");
    server.columns.back().position = -1;
    server.add_table("bad", "gap");
    server.columns.back().position = 1;
    server.types.push_back({"bad", "lost", {"f"}, {"list<"}});
    server.views.push_back({"bad", "empty_view", "fine"});
    server.functions.push_back({"bad", "f", {"a"}, {"nothing"}, "int"});
    server.aggregates.push_back({"bad", "a", {"int"}, "f", "nothing", {}});
    const auto schema = server.read();
    CHECK(schema->keyspace("shop")->problems.empty());
    CHECK(schema->keyspace("other")->problems.empty());
    const auto bad = schema->keyspace("bad");
    REQUIRE(bad);
    CHECK(names_of(bad->tables) == Texts{"fine"});
    CHECK(names_of(bad->problems) == Texts{"aggregate a(int)", "function f(nothing)", "replication", "table gap",
                                           "table no_position", "table odd_kind", "table of_nothing",
                                           "table without_columns", "type lost", "view empty_view"});
    CHECK(bad->problems.at("table of_nothing") == "column 'x': the keyspace has no type 'nothing'");
    CHECK(bad->replication.strategy == ReplicationStrategy::unknown);
}

TEST_CASE("what could not be read is read once it can be")
{
    auto server = shop();
    server.types.clear();
    const auto broken = server.read();
    CHECK(broken->keyspace("shop")->problems.contains("table users"));
    server.types = shop().types;
    const auto mended = server.refresh(broken, due("CREATED", "TYPE", "shop", "address")).schema;
    CHECK(mended->keyspace("shop")->problems.empty());
    CHECK(mended->table("shop", "users"));
}

TEST_CASE("a type that goes takes along what cannot be read without it")
{
    auto server = shop();
    const auto known = server.read();
    server.types.clear();
    const auto next = server.refresh(known, due("DROPPED", "TYPE", "shop", "address")).schema;
    CHECK_FALSE(next->table("shop", "users"));
    CHECK(next->keyspace("shop")->problems.contains("table users"));
    CHECK(next->table("shop", "items") == known->table("shop", "items"));
}

TEST_CASE("pages are put together")
{
    const auto server = shop();
    SchemaRefresh refresh{nullptr, SchemaDue::everything(), {}};
    for (std::size_t query = 0; query != refresh.queries().size(); ++query) {
        for (const auto* keyspace : {"other", "shop"}) {
            auto part = refresh.queries()[query];
            part.values = {keyspace};
            refresh.answer(query, server.answer(part));
        }
    }
    const auto schema = refresh.finish().schema;
    CHECK(schema->keyspaces.size() == 2);
    CHECK(schema->keyspace("shop")->tables.size() == 2);
    CHECK(schema->keyspace("shop")->problems.empty());
}

TEST_CASE("rows that name nothing are left out with one warning")
{
    SystemSchema server;
    server.keyspaces = {{"ks"}, {""}, {""}};
    server.add_table("ks", "");
    server.add_table("ks", "t");
    const auto outcome = server.refresh(nullptr, SchemaDue::everything());
    CHECK(outcome.schema->keyspaces.size() == 1);
    CHECK(outcome.schema->keyspace("ks")->tables.size() == 1);
    CHECK(outcome.warnings == Texts{"system_schema.columns: row left out, no name of a table (ks)",
                                    "system_schema.keyspaces: row left out, no keyspace_name (one row and 1 more)",
                                    "system_schema.tables: row left out, no name of a table (ks)"});
}

TEST_CASE("virtual keyspaces are local")
{
    SystemSchema server;
    server.keyspaces = {{"ks"}};
    server.virtual_keyspaces = {"system_views"};
    server.virtual_tables = {{"system_views", "clients"}};
    server.virtual_columns = {{"system_views", "clients", "address", "partition_key", 0, "inet"}};
    const auto schema = server.refresh(nullptr, SchemaDue::everything(), {.virtual_tables = true}).schema;
    const auto keyspace = schema->keyspace("system_views");
    REQUIRE(keyspace);
    CHECK(keyspace->is_virtual);
    CHECK(keyspace->replication.strategy == ReplicationStrategy::local);
    CHECK(keyspace->problems.empty());
    CHECK(keyspace->table("clients"));
    CHECK_FALSE(schema->keyspace("ks")->is_virtual);
}
