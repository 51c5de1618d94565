#include <doctest/doctest.h>
#include <lib/metadata/user_types.hpp>

using namespace coodie;
using namespace coodie::metadata;

namespace {

using Definitions = std::vector<UserTypes::Definition>;

struct Read
{
    explicit Read(Definitions definitions) : types{"ks", std::move(definitions), problems} {}

    UserTypes::Problems problems;
    UserTypes types;
};

/// The text of a type that is read, or "error".
std::string spelled(UserTypes& types, std::string_view text)
{
    const auto type = types.parse(text);
    return type ? type->to_string() : "error";
}

std::string lists(const std::string& inner, std::size_t depth)
{
    std::string text;
    for (std::size_t i = 0; i != depth; ++i)
        text += "list<";
    return text + inner + std::string(depth, '>');
}

}

TEST_CASE("types are read as system_schema spells them")
{
    Read read{{{.name = "address", .field_names = {"street"}, .field_types = {"text"}},
               {.name = "My Type", .field_names = {"a", "b"}, .field_types = {"int", "frozen<address>"}}}};
    CHECK(read.problems.empty());
    struct Example
    {
        const char* text;
        const char* spelled;
    };
    const Example examples[] = {
        {"int", "int"},
        {"varchar", "text"},
        {"frozen<list<int>>", "list<int>"},
        {"map<text, frozen<set<timeuuid>>>", "map<text, set<timeuuid>>"},
        {"tuple<int, text>", "tuple<int, text>"},
        {"vector<float, 3>", "vector<float, 3>"},
        {"vector<vector<int, 2>, 3>", "vector<vector<int, 2>, 3>"},
        {"frozen<address>", "ks.address"},
        {"list<frozen<\"My Type\">>", "list<ks.My Type>"},
        {"'org.example.Odd'", "'org.example.Odd'"},
        {"'org.apache.cassandra.db.marshal.Int32Type'", "int"},
        {"empty", "'org.apache.cassandra.db.marshal.EmptyType'"},
        {"", "error"},
        {"frozen<>", "error"},
        {"list<int", "error"},
        {"list<int>>", "error"},
        {"nowhere", "error"},
        {"frozen<My Type>", "error"},
        {"other.address", "error"},
        {"\"Address\"", "error"},
    };
    for (const auto& example : examples) {
        CAPTURE(example.text);
        CHECK(spelled(read.types, example.text) == example.spelled);
    }
}

TEST_CASE("user types bring their fields, those of types inside them too")
{
    Read read{{{.name = "outer", .field_names = {"x"}, .field_types = {"list<frozen<inner>>"}},
               {.name = "inner", .field_names = {"Y"}, .field_types = {"int"}}}};
    const DataType inner{
        .id = TypeId::udt, .elements = {{.id = TypeId::int_}}, .keyspace = "ks", .name = "inner", .field_names = {"Y"}};
    const DataType outer{.id = TypeId::udt,
                         .elements = {{.id = TypeId::list, .elements = {inner}}},
                         .keyspace = "ks",
                         .name = "outer",
                         .field_names = {"x"}};
    const auto type = read.types.parse("frozen<outer>");
    REQUIRE(type);
    CHECK(*type == outer);
    CHECK(read.types.order() == std::vector<std::string>{"inner", "outer"});
    CHECK(read.types.types().at("outer")->fields[0].type_text == "list<frozen<inner>>");
}

TEST_CASE("types named like words of CQL are types")
{
    Read read{{{.name = "udt", .field_names = {"a"}, .field_types = {"int"}},
               {.name = "vector", .field_names = {"a"}, .field_types = {"frozen<udt>"}},
               {.name = "list", .field_names = {"a"}, .field_types = {"frozen<vector>"}}}};
    CHECK(read.problems.empty());
    CHECK(spelled(read.types, "frozen<udt>") == "ks.udt");
    CHECK(spelled(read.types, "map<int, frozen<vector>>") == "map<int, ks.vector>");
    CHECK(spelled(read.types, "frozen<\"list\">") == "ks.list");
}

TEST_CASE("types stand behind those they are made of, otherwise by name")
{
    const auto one = [](const char* name, std::vector<std::string> types) {
        std::vector<std::string> names(types.size(), "f");
        return UserTypes::Definition{.name = name, .field_names = names, .field_types = std::move(types)};
    };
    Read read{{one("a", {"frozen<d>", "frozen<c>"}), one("b", {"int"}), one("c", {"frozen<d>"}), one("d", {"int"})}};
    CHECK(read.problems.empty());
    CHECK(read.types.order() == std::vector<std::string>{"b", "d", "c", "a"});
}

TEST_CASE("types in circles, and what is made of them, are left out; the rest is there")
{
    Read read{{{.name = "a", .field_names = {"f"}, .field_types = {"frozen<b>"}},
               {.name = "b", .field_names = {"f"}, .field_types = {"frozen<a>"}},
               {.name = "self", .field_names = {"f"}, .field_types = {"list<frozen<self>>"}},
               {.name = "user", .field_names = {"f"}, .field_types = {"frozen<self>"}},
               {.name = "lost", .field_names = {"f"}, .field_types = {"frozen<nowhere>"}},
               {.name = "of_lost", .field_names = {"f"}, .field_types = {"frozen<lost>"}},
               {.name = "uneven", .field_names = {"f", "g"}, .field_types = {"int"}},
               {.name = "fine", .field_names = {"f"}, .field_types = {"int"}}}};
    CHECK(read.types.order() == std::vector<std::string>{"fine"});
    CHECK(read.problems.size() == 7);
    CHECK(read.problems.at("type lost") == "field 'f': the keyspace has no type 'nowhere'");
}

TEST_CASE("types that double with every step end at a bound")
{
    Definitions doubling{{.name = "t0", .field_names = {"a", "b"}, .field_types = {"int", "int"}}};
    for (int i = 1; i != 30; ++i) {
        const auto before = "frozen<t" + std::to_string(i - 1) + ">";
        doubling.push_back(
            {.name = "t" + std::to_string(i), .field_names = {"a", "b"}, .field_types = {before, before}});
    }
    Read read{std::move(doubling)};
    CHECK(spelled(read.types, "t14") == "ks.t14");
    CHECK(spelled(read.types, "t20") == "error");
    CHECK(read.problems.contains("type t20"));
}

TEST_CASE("all types of a keyspace together end at a bound")
{
    std::vector<std::string> many(32'000, "int");
    Read read{{{.name = "wide", .field_names = many, .field_types = many}}};
    std::size_t readable = 0;
    while (readable != 100 && read.types.parse("wide"))
        ++readable;
    CHECK(readable > 20);
    CHECK(readable < 40);
}

TEST_CASE("nesting ends at 32, through user types too")
{
    Read read{{{.name = "deep", .field_names = {"f"}, .field_types = {lists("int", 10)}}}};
    CHECK(read.problems.empty());
    CHECK(read.types.parse(lists("deep", 20)));
    CHECK_FALSE(read.types.parse(lists("deep", 21)));
    CHECK_FALSE(read.types.parse(lists("int", 32)));
}

TEST_CASE("a chain of types as long as one likes is walked without recursion")
{
    Definitions chain{{.name = "t0", .field_names = {"f"}, .field_types = {"int"}}};
    for (int i = 1; i != 5'000; ++i)
        chain.push_back({.name = "t" + std::to_string(i),
                         .field_names = {"f"},
                         .field_types = {"frozen<t" + std::to_string(i - 1) + ">"}});
    Read read{std::move(chain)};
    CHECK(read.types.order().size() == 31);
    CHECK(read.problems.size() == 4'969);
}
