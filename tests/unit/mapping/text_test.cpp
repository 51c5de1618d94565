#include "documents.hpp"

#include <doctest/doctest.h>

using namespace documents;
namespace detail = coodie::detail;

namespace {

/// The text as the compiler made it.
template <class T, cql::Shape S> constexpr std::string_view text()
{
    return {detail::text<T, S>.data(), detail::text<T, S>.size() - 1};
}
/// Of a query, by its type alone.
template <class T, class Q> constexpr std::string_view text_of()
{
    return text<T, Q::shape>();
}

}

static_assert(
    text<User, detail::save_shape>() ==
    R"(INSERT INTO users ("id", "name", "email", "age", "tags", "points", "note") VALUES (?, ?, ?, ?, ?, ?, ?))");
static_assert(text<Sensor, detail::insert_shape>() ==
              R"(INSERT INTO sensors ("number", "value") VALUES (?, ?) IF NOT EXISTS)");
static_assert(text<Event, detail::erase_shape<Event>>() ==
                  R"(DELETE FROM events WHERE "seq" = ? AND "day" = ? AND "place" = ? AND "at" = ?)",
              "key columns as they are declared");
static_assert(text<Event, detail::get_shape<Event>>() ==
                  R"(SELECT * FROM events WHERE "place" = ? AND "day" = ? AND "at" = ? AND "seq" = ?)",
              "key columns as the key has them");
static_assert(text<documents::Order, detail::erase_shape<documents::Order>>() ==
              R"(DELETE FROM "my-shop"."order" WHERE "id" = ?)");

using Aging = decltype(col<&User::age> = 3);
using Tagging = decltype(col<&User::tags> += {"a"});
using Untagging = decltype(col<&User::tags> -= {"a"});
using Scoring = decltype(col<&User::scores>["a"] = 3);
using Hitting = decltype(col<&Views::hits> += 1);
static_assert(text<User, detail::update_shape<User, Aging>>() == R"(UPDATE users SET "age" = ? WHERE "id" = ?)");
static_assert(text<User, detail::update_shape<User, Aging, Tagging, Scoring>>() ==
              R"(UPDATE users SET "age" = ?, "tags" = "tags" + ?, "points"[?] = ? WHERE "id" = ?)");
static_assert(text<User, detail::update_shape<User, Untagging>>() ==
              R"(UPDATE users SET "tags" = "tags" - ? WHERE "id" = ?)");
static_assert(text<Views, detail::update_shape<Views, Hitting>>() ==
              R"(UPDATE views SET "hits" = "hits" + ? WHERE "page" = ?)");

using All = decltype(find<User>());
using ByEmail = decltype(find<User>(col<&User::email> == "x"));
using Old = decltype(find<User>(col<&User::age> > 30, 65 >= col<&User::age>).allow_filtering().limit(10));
using Some = decltype(find<User>(in(col<&User::id>, std::vector<Uuid>{})));
using Cards = decltype(find<User>().select_as<Card>());
using Pairs = decltype(find<User>().select<&User::scores, &User::id>());
using Latest = decltype(find<Event>(col<&Event::place> == "p", col<&Event::day> == "d", col<&Event::at> >= 4)
                            .order_by(desc<&Event::at>, asc<&Event::seq>)
                            .per_partition_limit(2)
                            .limit(10));
static_assert(text_of<User, All>() == "SELECT * FROM users");
static_assert(text_of<User, ByEmail>() == R"(SELECT * FROM users WHERE "email" = ?)");
static_assert(text_of<User, Old>() == R"(SELECT * FROM users WHERE "age" > ? AND "age" <= ? LIMIT ? ALLOW FILTERING)",
              "a value on the left turns the comparison around");
static_assert(text_of<User, Some>() == R"(SELECT * FROM users WHERE "id" IN ?)", "one marker for the list");
static_assert(text_of<User, Cards>() == R"(SELECT "name", "id" FROM users)", "the members of Card");
static_assert(text_of<User, Pairs>() == R"(SELECT "points", "id" FROM users)");
static_assert(text_of<Event, Latest>() == R"(SELECT * FROM events WHERE "place" = ? AND "day" = ? AND "at" >= ? )"
                                          R"(ORDER BY "at" DESC, "seq" ASC PER PARTITION LIMIT ? LIMIT ?)");

TEST_CASE("equal statements have one text in the program, which is their key")
{
    const auto one = find<User>(col<&User::email> == "x").statement();
    const auto other = find<User>(col<&User::email> == std::string{"y"}).statement();
    CHECK(one.text().data() == other.text().data());
    CHECK(one.text() == R"(SELECT * FROM users WHERE "email" = ?)");
    CHECK(std::string_view{one.document()} == "User");
    CHECK(one.kind() == StatementKind::prepared);
}

TEST_CASE("the renderer writes at run time what it wrote in the compiler, and says what its markers stand for")
{
    CHECK(cql::rendered(detail::table<Event>, Latest::shape) == text_of<Event, Latest>());
    using Kind = cql::Marker::Kind;
    const std::vector<cql::Marker> expected{{Kind::condition, 0},
                                            {Kind::condition, 1},
                                            {Kind::condition, 2},
                                            {Kind::per_partition_limit, 0},
                                            {Kind::limit, 0}};
    CHECK(cql::markers_of(detail::table<Event>, Latest::shape) == expected);
    const auto update = detail::update_shape<User, Aging, Scoring>;
    const std::vector<cql::Marker> changes{
        {Kind::change, 0}, {Kind::element_key, 1}, {Kind::change, 1}, {Kind::condition, 0}};
    CHECK(cql::markers_of(detail::table<User>, update) == changes);
}

TEST_CASE("no name becomes CQL")
{
    struct Example
    {
        const char* name;
        const char* text;
    };
    const Example examples[]{{"users", "users"},
                             {"order", "\"order\""},
                             {"\"MyTable\"", "\"MyTable\""},
                             {"a;b", "\"a;b\""},
                             {"\"a\"; DROP x; \"", "\"\"\"a\"\"; drop x; \"\"\""},
                             {"\"", "\"\"\"\""},
                             {"x\"y", "\"x\"\"y\""},
                             {"", "\"\""},
                             {"\"a\"\"b\"", "\"a\"\"b\""},
                             {"\"\"\"", "\"\"\"\"\"\"\"\""}};
    for (const auto& example : examples) {
        CAPTURE(example.name);
        CHECK(cql::quoted_name(example.name) == example.text);
    }
    const Column odd{.name = "a\" text, \"b", .type_text = "text", .kind = ColumnKind::partition_key};
    CHECK(cql::create_table({.name = "t", .columns = {&odd, 1}}) ==
          "CREATE TABLE IF NOT EXISTS t (\"a\"\" text, \"\"b\" text, PRIMARY KEY (\"a\"\" text, \"\"b\"))");
}

TEST_CASE("the words that CQL reserves are sorted, and each once")
{
    for (std::size_t i = 1; i != cql::reserved_words.size(); ++i)
        CHECK(cql::reserved_words[i - 1] < cql::reserved_words[i]);
}

TEST_CASE("a class is called in small letters with underscores")
{
    struct Example
    {
        const char* name;
        const char* words;
    };
    for (const auto& [name, words] :
         {Example{"User", "user"}, Example{"HTTPRequest", "http_request"}, Example{"MyHTTPServer2", "my_http_server2"},
          Example{"ABC", "abc"}, Example{"User2Group", "user2_group"}, Example{"", ""}})
        CHECK(cql::snake_case(name) == words);
}
