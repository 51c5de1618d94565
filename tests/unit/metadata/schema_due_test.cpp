#include <doctest/doctest.h>
#include <lib/metadata/schema_due.hpp>

using namespace coodie;
using namespace coodie::metadata;

namespace {

struct Change
{
    const char* change;
    const char* target;
    const char* name = "";
};

SchemaDue due_after(const std::vector<Change>& changes)
{
    SchemaDue due;
    for (const auto& [change, target, name] : changes)
        due.add(SchemaChange{change, target, "ks", name, {}});
    return due;
}

}

TEST_CASE("changes of one keyspace are merged into what covers them")
{
    struct Example
    {
        const char* name;
        std::vector<Change> changes;
        KeyspaceDue due;
    };
    const Example examples[] = {
        {"one table", {{"CREATED", "TABLE", "t"}}, KeyspaceParts{.relations = {{"t", false}}}},
        {"dropped and created",
         {{"DROPPED", "TABLE", "t"}, {"CREATED", "TABLE", "t"}},
         KeyspaceParts{.relations = {{"t", false}}}},
        {"created and dropped",
         {{"CREATED", "TABLE", "t"}, {"DROPPED", "TABLE", "t"}},
         KeyspaceParts{.relations = {{"t", true}}}},
        {"types are read together", {{"CREATED", "TYPE", "a"}, {"DROPPED", "TYPE", "b"}}, KeyspaceParts{.types = true}},
        {"overloads are read together",
         {{"CREATED", "FUNCTION", "f"}, {"DROPPED", "FUNCTION", "f"}, {"UPDATED", "AGGREGATE", "a"}},
         KeyspaceParts{.functions = {"f"}, .aggregates = {"a"}}},
        {"the keyspace covers its tables",
         {{"UPDATED", "TABLE", "t"}, {"UPDATED", "KEYSPACE"}, {"DROPPED", "TABLE", "u"}},
         WholeKeyspace{}},
        {"a dropped keyspace covers everything",
         {{"UPDATED", "TABLE", "t"}, {"DROPPED", "KEYSPACE"}},
         DroppedKeyspace{}},
        {"a keyspace that came back", {{"DROPPED", "KEYSPACE"}, {"CREATED", "KEYSPACE"}}, WholeKeyspace{}},
        {"a keyspace that came back unseen", {{"DROPPED", "KEYSPACE"}, {"CREATED", "TABLE", "t"}}, WholeKeyspace{}},
        {"a target nobody knows", {{"CREATED", "TRIGGER", "t"}}, WholeKeyspace{}},
    };
    for (const auto& example : examples) {
        CAPTURE(example.name);
        const auto due = due_after(example.changes);
        CHECK_FALSE(due.is_full());
        CHECK(due.keyspaces().at("ks") == example.due);
    }
}

TEST_CASE("many parts are their keyspace, and many keyspaces everything")
{
    SchemaDue due;
    for (std::size_t i = 0; i != SchemaDue::max_parts; ++i)
        due.add(SchemaChange{"UPDATED", "TABLE", "ks", std::to_string(i), {}});
    CHECK(std::holds_alternative<KeyspaceParts>(due.keyspaces().at("ks")));
    due.add(SchemaChange{"UPDATED", "FUNCTION", "ks", "f", {}});
    CHECK(due.keyspaces().at("ks") == KeyspaceDue{WholeKeyspace{}});

    for (std::size_t i = 1; i != SchemaDue::max_keyspaces; ++i)
        due.add(std::to_string(i), DroppedKeyspace{});
    CHECK_FALSE(due.is_full());
    due.add("one more", WholeKeyspace{});
    CHECK(due == SchemaDue::everything());
    due.add("ks", WholeKeyspace{});
    CHECK(due == SchemaDue::everything());
}

TEST_CASE("a change without a keyspace may be anything")
{
    SchemaDue due;
    due.add(SchemaChange{"UPDATED", "ROLE", "", "", {}});
    CHECK(due.is_full());
}

TEST_CASE("what is merged came later")
{
    auto due = due_after({{"CREATED", "TABLE", "t"}});
    due.merge(due_after({{"DROPPED", "TABLE", "t"}, {"CREATED", "TYPE", "x"}}));
    CHECK(due.keyspaces().at("ks") == KeyspaceDue{KeyspaceParts{.relations = {{"t", true}}, .types = true}});
    due.merge(SchemaDue{});
    CHECK_FALSE(due.empty());
    due.merge(SchemaDue::everything());
    CHECK(due == SchemaDue::everything());
    CHECK(SchemaDue{}.empty());
}
