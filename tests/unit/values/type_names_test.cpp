#include "allocation.hpp"

#include <doctest/doctest.h>
#include <protocol/types.hpp>

using namespace coodie;
using namespace coodie::protocol;

namespace {

struct Spelling
{
    const char* name;
    const char* type;
};

const std::string marshal = "org.apache.cassandra.db.marshal.";

std::string nested(std::string_view open, std::string_view inner, std::string_view close, std::size_t depth)
{
    std::string text;
    for (std::size_t n = 0; n < depth; ++n)
        text += open;
    text += inner;
    for (std::size_t n = 0; n < depth; ++n)
        text += close;
    return text;
}

}

TEST_CASE("a class name is the CQL type it stands for, with its package or without")
{
    constexpr Spelling examples[] = {
        {"Int32Type", "int"},
        {"UTF8Type", "text"},
        {"DateType", "timestamp"},
        {"SimpleDateType", "date"},
        {"DurationType", "duration"},
        {"CounterColumnType", "counter"},
        {"VectorType(FloatType, 3)", "vector<float, 3>"},
        {"VectorType(FloatType,0)", "vector<float, 0>"},
        {"ListType(Int32Type)", "list<int>"},
        {"SetType( Int32Type )", "set<int>"},
        {"MapType(Int32Type, TupleType(Int32Type,LongType))", "map<int, tuple<int, bigint>>"},
        {"FrozenType(SetType(Int32Type))", "set<int>"},
        {"ReversedType(TimeUUIDType)", "timeuuid"},
        {"636f6c:ListType(Int32Type)", "list<int>"},
        {"UserType(ks,61646472,73:UTF8Type,7a:FrozenType(ListType(Int32Type)))", "ks.addr"},
        {"org.example.Other", "'org.example.Other'"},
        {"ListType(org.example.Other(a(b),c))", "list<'org.example.Other(a(b),c)'>"},
    };
    for (const auto& example : examples) {
        CAPTURE(std::string{example.name});
        const auto type = parse_custom_type(example.name);
        REQUIRE_MESSAGE(type, type.error().message());
        CHECK(type->to_string() == example.type);
    }
    CHECK(parse_custom_type(marshal + "VectorType(" + marshal + "FloatType, 3)").value().to_string() ==
          "vector<float, 3>");
    CHECK(parse_custom_type(marshal + "RandomType").value() ==
          DataType{.id = TypeId::custom, .name = marshal + "RandomType"});
}

TEST_CASE("a user type's class name holds its keyspace, and its names in hex")
{
    const auto type = parse_custom_type("UserType(ks,61646472,73:UTF8Type,c3a9:Int32Type)").value();
    CHECK(type.keyspace == "ks");
    CHECK(type.name == "addr");
    CHECK(type.field_names == std::vector<std::string>{"s", "\xC3\xA9"});
    CHECK(type.elements.size() == 2);
}

TEST_CASE("text that is no class name is an error")
{
    for (const char* name : {"",
                             "(",
                             "ListType",
                             "ListType(",
                             "ListType()",
                             "ListType(Int32Type",
                             "ListType(Int32Type,Int32Type)",
                             "MapType(Int32Type)",
                             "TupleType()",
                             "VectorType(FloatType)",
                             "VectorType(FloatType, -1)",
                             "VectorType(FloatType, 2147483648)",
                             "VectorType(FloatType, abc)",
                             "VectorType(FloatType, )",
                             "UserType(ks)",
                             "UserType(ks,6)",
                             "UserType(ks,zz)",
                             "UserType(ks,61,62)",
                             "UserType(ks,61,62:)",
                             "UserType(ks,61,:Int32Type)",
                             "zz:Int32Type",
                             ":Int32Type",
                             "Int32Type)",
                             "Int32Type Int32Type",
                             "Int32Type(",
                             "org.Other(",
                             "FrozenType()",
                             "Int32Type,Int32Type"})
    {
        CAPTURE(std::string{name});
        const auto type = parse_custom_type(name);
        REQUIRE_FALSE(type);
        CHECK(type.error().code() == errc::protocol);
    }
}

TEST_CASE("CQL's spelling of a type is read in either case, with spaces and quotes")
{
    constexpr Spelling examples[] = {
        {"int", "int"},
        {" VarChar ", "text"},
        {"map<text, frozen<list<int>>>", "map<text, list<int>>"},
        {"vector<float,3>", "vector<float, 3>"},
        {"tuple<int,double,text>", "tuple<int, double, text>"},
        {"udt<foo:int,bar:list<text>>", "udt<foo: int, bar: list<text>>"},
        {"udt keyspace1.address{street:text,zip:int}", "keyspace1.address"},
        {"frozen<address>", "address"},
        {"ks.address", "ks.address"},
        {"\"My Ks\".\"A\"\"b\"", "My Ks.A\"b"},
        {"ks.\"A\"", "ks.A"},
        {"'org.example.Other'", "'org.example.Other'"},
        {"'org.apache.cassandra.db.marshal.DurationType'", "duration"},
    };
    for (const auto& example : examples) {
        CAPTURE(std::string{example.name});
        const auto type = parse_cql_type(example.name);
        REQUIRE_MESSAGE(type, type.error().message());
        CHECK(type->to_string() == example.type);
    }
    const auto address = parse_cql_type("udt ks.a{s:text,\"Z\":int}").value();
    CHECK(address.keyspace == "ks");
    CHECK(address.name == "a");
    CHECK(address.field_names == std::vector<std::string>{"s", "Z"});
}

TEST_CASE("text that is no CQL type is an error")
{
    for (const char* name : {"",
                             "<",
                             "list",
                             "list<",
                             "list<>",
                             "list<int",
                             "list<int,int>",
                             "map<int>",
                             "vector<int>",
                             "vector<int,-1>",
                             "vector<int,2147483648>",
                             "vector<int,x>",
                             "int int",
                             "int>",
                             "'",
                             "'ListType('",
                             "\"a",
                             "a.",
                             "udt<>",
                             "udt<a>",
                             "udt<a:>",
                             "udt a{",
                             "tuple<>",
                             "frozen<int"})
    {
        CAPTURE(std::string{name});
        const auto type = parse_cql_type(name);
        REQUIRE_FALSE(type);
        CHECK(type.error().code() == errc::bad_value);
    }
}

TEST_CASE("names nest 32 types deep and no deeper")
{
    CHECK(parse_custom_type(nested("ListType(", "Int32Type", ")", 31)));
    CHECK_FALSE(parse_custom_type(nested("ListType(", "Int32Type", ")", 32)));
    CHECK_FALSE(parse_custom_type(nested("FrozenType(", "Int32Type", ")", 100'000)));
    CHECK_FALSE(parse_custom_type(std::string(1'000'000, '(')));
    CHECK(parse_cql_type(nested("list<", "int", ">", 31)));
    CHECK_FALSE(parse_cql_type(nested("list<", "int", ">", 32)));
    CHECK_FALSE(parse_cql_type(nested("list<", "'ListType(Int32Type)'", ">", 31)));
    CHECK_FALSE(parse_cql_type(nested("tuple<", "", "", 200'000)));
}

TEST_CASE("a name of a megabyte is read or refused within memory in proportion")
{
    std::string wide = "TupleType(ByteType";
    while (wide.size() < 1'000'000)
        wide += ",ByteType";
    std::string unknown = "x(";
    unknown.resize(1'000'000, 'y');
    const std::string prefixes = nested("61:", "ByteType", "", 300'000);
    for (const auto& name : {wide, unknown, unknown + ")", prefixes, std::string(1'000'000, 'x')}) {
        const test::PeakAllocation peak;
        const auto type = parse_custom_type(name);
        CHECK(peak.bytes() < 64U << 20U);
    }
    CHECK_FALSE(parse_custom_type(wide));
    CHECK_FALSE(parse_custom_type(unknown));
    CHECK(parse_custom_type(unknown + ")"));
}
