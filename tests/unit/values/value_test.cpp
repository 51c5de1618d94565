#include "bytes.hpp"

#include <coodie/exceptions.hpp>
#include <coodie/value.hpp>
#include <doctest/doctest.h>
#include <limits>
#include <map>
#include <set>

using namespace coodie;

namespace {

struct ValueExample
{
    const char* name;
    Value value;
    const char* text;
};

DataType plain(TypeId id)
{
    return {.id = id};
}

}

TEST_CASE("a Value is made from every C++ type that has a codec")
{
    const ValueExample examples[] = {
        {"nothing", {}, "null"},
        {"nullptr", nullptr, "null"},
        {"empty optional", std::optional<int>{}, "null"},
        {"optional", std::optional<int>{5}, "5"},
        {"unset", unset, "unset"},
        {"bool", true, "true"},
        {"unsigned", 7U, "7"},
        {"largest unsigned", std::numeric_limits<std::uint64_t>::max(), "18446744073709551615"},
        {"small varint", Varint{5}, "5"},
        {"float", 0.5F, "0.5"},
        {"literal", "it's", "'it''s'"},
        {"view", std::string_view{"x"}, "'x'"},
        {"blob", blob("a"), "0x61"},
        {"list", std::vector<int>{1, 2}, "[1, 2]"},
        {"set", std::set<std::string>{"a"}, "['a']"},
        {"map", std::map<std::string, std::vector<int>>{{"a", {1}}}, "{'a': [1]}"},
        {"tuple", std::tuple<int, std::optional<bool>>{1, {}}, "[1, null]"},
        {"vector", std::array<float, 2>{1.5F, 2.0F}, "[1.5, 2]"},
        {"values", Value::List{1, "x", nullptr}, "[1, 'x', null]"},
        {"record", Value::Record{{"street", "x"}, {"zip", 1}}, "{street: 'x', zip: 1}"},
        {"decimal", Decimal{Varint{129}, 2}, "1.29"},
        {"time uuid", TimeUuid::parse("58046580-2938-11e7-b063-1332a5f033c2").value(),
         "58046580-2938-11e7-b063-1332a5f033c2"},
    };
    for (const auto& example : examples) {
        CAPTURE(std::string{example.name});
        CHECK(example.value.to_string() == example.text);
    }
}

TEST_CASE("values are equal when their kinds and contents are")
{
    CHECK(Value{5} == Value{std::int8_t{5}});
    CHECK(Value{5} == Value{Varint{5}});
    CHECK(Value{0.5F} == Value{0.5});
    CHECK_FALSE(Value{5} == Value{5.0});
    CHECK_FALSE(Value{} == Value{Value::Empty{}});
    CHECK_FALSE(Value{} == Value{unset});
    CHECK(Value{std::vector<int>{1}} == Value{Value::List{1}});
    CHECK_FALSE(Value{"a"} == Value{blob("a")});
}

TEST_CASE("any integer fits any integer type that holds it")
{
    struct
    {
        TypeId type;
        std::int64_t fits;
        std::int64_t too_large;
    } constexpr rows[] = {
        {TypeId::tinyint, -128, 128}, {TypeId::smallint, 32767, 32768}, {TypeId::int_, -2147483648LL, -2147483649LL}};
    for (const auto& row : rows) {
        const auto type = plain(row.type);
        CAPTURE(type.to_string());
        CHECK(decode(encode(row.fits, type).value(), type).value() == Value{row.fits});
        const auto refused = encode(row.too_large, type);
        REQUIRE_FALSE(refused);
        CHECK(refused.error().message().find("out of the range of " + type.to_string()) != std::string::npos);
        CHECK(refused.error().message().find(std::to_string(row.too_large)) == std::string::npos);
    }
    for (const auto id : {TypeId::bigint, TypeId::counter, TypeId::varint})
        CHECK(encode(std::numeric_limits<std::int64_t>::min(), plain(id)).value().size() == 8);
    CHECK_FALSE(encode(std::numeric_limits<std::uint64_t>::max(), plain(TypeId::bigint)));
    CHECK(to_hex(encode(std::numeric_limits<std::uint64_t>::max(), plain(TypeId::varint)).value()) ==
          "00ffffffffffffffff");
}

TEST_CASE("what does not fit is an error with the path and both types, and never shows the value")
{
    const DataType address{.id = TypeId::udt,
                           .elements = {plain(TypeId::text), {.id = TypeId::list, .elements = {plain(TypeId::int_)}}},
                           .keyspace = "ks",
                           .name = "address",
                           .field_names = {"street", "zips"}};
    struct
    {
        Value value;
        DataType type;
        const char* message;
    } const rows[] = {
        {"secret", plain(TypeId::int_), "int: text is no int"},
        {nullptr, plain(TypeId::int_), "int: null is no int"},
        {Value::List{1, "secret"},
         {.id = TypeId::set, .elements = {plain(TypeId::int_)}},
         "set<int>: element 1: text is no int"},
        {Value::Map{{1, unset}},
         {.id = TypeId::map, .elements = {plain(TypeId::int_), plain(TypeId::date)}},
         "map<int, date>: value of key 0: unset is no date"},
        {Value::Record{{"zips", Value::List{true}}}, address, "ks.address: field 'zips': element 0: boolean is no int"},
        {Value::Record{{"city", "x"}}, address, "ks.address: ks.address has no field 'city'"},
        {Value::List{1, 2, 3}, address, "ks.address: 3 fields are more than ks.address has"},
        {"\xC3\xA4", plain(TypeId::ascii), "ascii: the text is not all ASCII"},
        {"\xFF", plain(TypeId::text), "text: the text is not UTF-8"},
        {1e300, plain(TypeId::float_), "float: the number is out of the range of float"},
        {Duration{1, -1, 0}, plain(TypeId::duration), "duration: the parts of the duration differ in sign"},
        {Value::List{1},
         {.id = TypeId::vector, .elements = {plain(TypeId::int_)}, .dimension = 2},
         "vector<int, 2>: 1 elements are no vector<int, 2>"},
        {Value::List{Value::Empty{}},
         {.id = TypeId::vector, .elements = {plain(TypeId::int_)}, .dimension = 1},
         "vector<int, 1>: element 0: an empty element does not fit a vector of int"},
        {Value::List{nullptr},
         {.id = TypeId::vector, .elements = {plain(TypeId::text)}, .dimension = 1},
         "vector<text, 1>: element 0: null is no text"},
        {Value::Empty{}, {.id = TypeId::list, .elements = {plain(TypeId::int_)}}, "list<int>: empty is no list<int>"},
    };
    for (const auto& row : rows) {
        const auto refused = encode(row.value, row.type);
        REQUIRE_FALSE(refused);
        CHECK(refused.error().code() == errc::bad_value);
        CHECK(refused.error().message() == row.message);
    }
}

TEST_CASE("a record fits a user type by the names of its fields, a list by their order")
{
    const DataType type{.id = TypeId::udt,
                        .elements = {plain(TypeId::int_), plain(TypeId::text)},
                        .name = "pair",
                        .field_names = {"n", "t"}};
    CHECK(to_hex(encode(Value::Record{{"t", "a"}, {"n", 1}}, type).value()) == "00000004000000010000000161");
    CHECK(to_hex(encode(Value::Record{{"t", "a"}}, type).value()) == "ffffffff0000000161");
    CHECK(to_hex(encode(Value::List{1}, type).value()) == "0000000400000001ffffffff");
    CHECK(decode(test::bytes("ffffffff0000000161"), type).value() == Value{Value::Record{{"n", nullptr}, {"t", "a"}}});
}

TEST_CASE("a Value becomes a C++ value when it fits")
{
    CHECK(Value{5}.as<std::int8_t>() == 5);
    CHECK(Value{5}.as<Varint>() == Varint{5});
    CHECK(Value{"x"}.as<std::string>() == "x");
    CHECK(Value{Value::List{1, nullptr}}.as<std::vector<std::optional<int>>>() ==
          std::vector<std::optional<int>>{1, std::nullopt});
    CHECK(Value{Value::Map{{"a", 1}}}.as<std::map<std::string, int>>().at("a") == 1);
    CHECK(Value{}.as<std::optional<int>>() == std::nullopt);
    CHECK(Value{}.as<std::vector<int>>().empty());
    CHECK(Value{Value::List{1}}.as<Value::List>().size() == 1);
    CHECK_THROWS_AS(Value{300}.as<std::int8_t>(), InvalidQueryError);
    CHECK_THROWS_AS(Value{}.as<int>(), InvalidQueryError);
    CHECK_THROWS_AS(Value{Value::Empty{}}.as<int>(), InvalidQueryError);
    CHECK_THROWS_AS(Value{"5"}.as<int>(), InvalidQueryError);
}

TEST_CASE("null travels as the null Value")
{
    CHECK(decode(Cell{}, plain(TypeId::int_)).value().is_null());
    const auto bytes = test::bytes("00000005");
    CHECK(decode(Cell{bytes.data(), 4}, plain(TypeId::int_)).value() == Value{5});
}
