#include "bench/responder/statement.hpp"

#include <doctest/doctest.h>

namespace bench {
namespace {

using Names = std::vector<std::string>;

struct Example
{
    const char* cql;
    Verb verb;
    const char* keyspace;
    const char* table;
    Names columns;
    Names markers;
    bool restricted;
};

const Example examples[] = {
    {"SELECT * FROM system.local WHERE key='local'", Verb::select, "system", "local", {}, {}, true},
    {"select id, Name from users", Verb::select, "", "users", {"id", "name"}, {}, false},
    {R"(SELECT "id","e" FROM ks.users WHERE "id" = ? LIMIT ?)",
     Verb::select,
     "ks",
     "users",
     {"id", "e"},
     {"id", "[limit]"},
     true},
    {"INSERT INTO a.b (x, y) VALUES (?, ?) USING TTL ? AND TIMESTAMP ?",
     Verb::insert,
     "a",
     "b",
     {"x", "y"},
     {"x", "y", "[ttl]", "[timestamp]"},
     false},
    {"INSERT INTO b (x, y) VALUES (1, ?)", Verb::insert, "", "b", {"x", "y"}, {"y"}, false},
    {"USE bench", Verb::use, "bench", "", {}, {}, false},
    {"CREATE TABLE t (id uuid PRIMARY KEY)", Verb::other, "", "", {}, {}, false},
    {"", Verb::other, "", "", {}, {}, false},
    {"SELECT", Verb::select, "", "", {""}, {}, false},
    {"'open", Verb::other, "", "", {}, {}, false},
};

TEST_CASE("a statement's table, columns and markers are recognised")
{
    for (const auto& example : examples) {
        CAPTURE(example.cql);
        const auto parsed = parse(example.cql);
        CHECK(parsed.verb == example.verb);
        CHECK(parsed.keyspace == example.keyspace);
        CHECK(parsed.table == example.table);
        CHECK(parsed.columns == example.columns);
        CHECK(parsed.markers == example.markers);
        CHECK(parsed.restricted == example.restricted);
    }
}

TEST_CASE("a marker has the type of its column, and text where there is no such column")
{
    const StoredTable table{"ks", "t", {{"id", type::uuid}, {"tags", type::set_of_text}}, {}};
    CHECK(marker_type(table, "id") == type::uuid);
    CHECK(marker_type(table, "tags") == type::set_of_text);
    CHECK(marker_type(table, "[limit]") == type::int_);
    CHECK(marker_type(table, "[timestamp]") == type::bigint);
    CHECK(marker_type(table, "absent") == type::text);
}

}
}
