#include "allocation.hpp"
#include "bytes.hpp"
#include "type_of.hpp"

#include <coodie/value.hpp>
#include <doctest/doctest.h>
#include <protocol/types.hpp>

using namespace coodie;

namespace {

struct BrokenExample
{
    const char* type;
    const char* bytes;
};

constexpr BrokenExample broken[] = {
    {"boolean", "0000"},
    {"int", "0000"},
    {"int", "0000000000000000"},
    {"tinyint", "0000"},
    {"smallint", "000000"},
    {"bigint", "00"},
    {"double", "0000"},
    {"float", "0000000000"},
    {"timestamp", "0000"},
    {"date", "000000"},
    {"date", "0102030405"},
    {"time", "ffffffffffffffff"},
    {"time", "00004e94914f0000"},
    {"time", "7fffffffffffffff"},
    {"uuid", "0000"},
    {"timeuuid", "000000000000000000000000000000000000"},
    {"inet", "c0a80001 01"},
    {"inet", "c0a800"},
    {"inet", "0000000000000000000000000000000000"},
    {"decimal", "0000"},
    {"decimal", "00000000"},
    {"duration", "0000"},
    {"duration", "00000000"},
    {"duration", "f1000000000000"},
    {"duration", "00f10000000000"},
    {"duration", "00f0fffffffe"},
    {"duration", "0000ffffffffffffffff"},
    {"duration", "020100"}, // months up, days down
    {"text", "ff"},
    {"text", "c080"},
    {"text", "eda080"},
    {"text", "f4908080"},
    {"text", "6162636465666768c3"},
    {"list<smallint>", "ffffffff"},
    {"list<smallint>", "80000000"},
    {"list<smallint>", "7fffffff"},
    {"list<smallint>", "00000001"},
    {"list<smallint>", "00000000 01"},
    {"list<smallint>", "00000001 00000002 ffff 01"},
    {"list<smallint>", "00000001 00000002 ff"},
    {"list<smallint>", "00000001 7fffffff ff"},
    {"list<smallint>", "00000001 00000001 ff"},
    {"list<smallint>", ""},
    {"map<smallint,smallint>", "00000001"},
    {"map<smallint,smallint>", "00000001 00000002 ffff"},
    {"map<smallint,smallint>", "00000001 00000002 ffff 0000"},
    {"map<smallint,smallint>", "00000001 00000002 ffff 00000002 ffff 01"},
    {"map<smallint,smallint>", "1fffffff 00000002 ffff 00000002 ffff"},
    {"tuple<int>", "00000004 00000001 ffffffff"},
    {"udt<a:int>", "00000004 00000001 ffffffff"},
    {"udt<a:int>", "00000005 00000001"},
    {"vector<float,2>", "3f800000 4020"},
    {"vector<float,2>", "3f800000 40200000 00"},
    {"vector<float,0>", "0102"},
    {"vector<float,2147483647>", "3f800000"},
    {"vector<vector<float,0>,2147483647>", ""},
    {"vector<vector<vector<double,2147483647>,2147483647>,2147483647>", "0000000000000000"},
    {"vector<text,2147483647>", "00"},
    {"vector<text,1>", "ffffffffffffffffff"},
};

DataType nested_lists(std::size_t depth)
{
    DataType type{.id = TypeId::int_};
    for (; depth != 0; --depth) {
        DataType outer{.id = TypeId::list};
        outer.elements.push_back(std::move(type));
        type = std::move(outer);
    }
    return type;
}

}

TEST_CASE("cpp-23: bytes that are no value of their type are an error that names the type")
{
    for (const auto& example : broken) {
        CAPTURE(std::string{example.type});
        CAPTURE(std::string{example.bytes});
        const auto type = type_of(example.type);
        const auto value = decode(test::Exactly{test::bytes(example.bytes)}, type);
        REQUIRE_FALSE(value);
        CHECK(value.error().code() == errc::bad_value);
        CHECK(value.error().message().starts_with(type.to_string()));
    }
}

TEST_CASE("an error says where inside the value it is")
{
    struct
    {
        const char* type;
        const char* bytes;
        const char* message;
    } constexpr rows[] = {
        {"list<int>", "00000002 00000004 00000001 00000001 00", "list<int>: element 1: 1 bytes that are no int"},
        {"udt<a:list<date>>", "0000000a 00000001 00000002 0000",
         "udt<a: list<date>>: field 'a': element 0: 2 bytes that are no date"},
        {"map<int,int>", "00000001 00000004 00000001 00000001 00",
         "map<int, int>: value of key 0: 1 bytes that are no int"},
    };
    for (const auto& row : rows)
        CHECK(decode(test::bytes(row.bytes), type_of(row.type)).error().message() == row.message);
}

TEST_CASE("every length and count set to an extreme is refused or read, and takes no memory that the bytes do not pay")
{
    constexpr BrokenExample wholes[] = {
        {"list<int>", "00000002 00000004 00000001 00000004 00000002"},
        {"set<text>", "00000002 00000001 61 00000001 62"},
        {"map<text,list<int>>", "00000001 00000001 61 00000008 00000001 ffffffff"},
        {"tuple<int,text>", "00000004 00000001 00000001 61"},
        {"udt<a:list<int>,b:text>", "00000004 00000000 00000001 61"},
        {"vector<text,2>", "01 61 01 62"},
    };
    for (const auto& whole : wholes)
        for (const std::uint32_t extreme : {0x8000'0000U, 0xFFFF'FFF8U, 0xFFFF'FFFFU, 0U, 0x7FFF'FFFFU}) {
            const auto type = type_of(whole.type);
            const auto bytes = test::bytes(whole.bytes);
            for (std::size_t at = 0; at + 4 <= bytes.size(); ++at) {
                auto changed = bytes;
                detail::store_integer(changed.data() + at, extreme);
                const test::Exactly exactly{changed};
                const test::PeakAllocation peak;
                const auto value = decode(exactly, type);
                CHECK(peak.bytes() < 4096);
                CHECK((value || value.error().code() == errc::bad_value));
            }
        }
}

TEST_CASE("missing fields and nested vectors cannot take far more memory than the bytes that stand for them")
{
    DataType wide{.id = TypeId::udt, .name = "wide"};
    wide.elements.resize(60'000, DataType{.id = TypeId::int_});
    wide.field_names.resize(60'000, std::string(1000, 'n'));
    const DataType type{.id = TypeId::list, .elements = {wide}};
    Blob bytes(4 + 4 * 1000);
    detail::store_integer(bytes.data(), std::int32_t{1000});
    const test::PeakAllocation peak;
    const auto value = decode(bytes, type);
    REQUIRE_FALSE(value);
    CHECK(peak.bytes() < 100U << 20U);
}

TEST_CASE("types nest 32 deep and no deeper")
{
    // A list of one list of ... of none.
    const auto deep = [](std::size_t depth) {
        Value value{Value::List{}};
        for (; depth > 1; --depth)
            value = Value::List{std::move(value)};
        return value;
    };
    CHECK(encode(deep(31), nested_lists(31)));
    CHECK(decode(encode(deep(31), nested_lists(31)).value(), nested_lists(31)).value() == deep(31));
    CHECK_FALSE(encode(deep(33), nested_lists(33)));
    Blob bytes;
    for (std::uint32_t left = 40; left-- > 0;) {
        bytes.insert(bytes.end(), {std::byte{0}, std::byte{0}, std::byte{0}, std::byte{left != 0}});
        std::array<std::byte, 4> length;
        detail::store_integer(length.data(), 4 + 8 * left - 8);
        if (left != 0)
            bytes.insert(bytes.end(), length.begin(), length.end());
    }
    const auto value = decode(bytes, nested_lists(40));
    REQUIRE_FALSE(value);
    CHECK(value.error().message().ends_with("types nest deeper than 32"));
}

TEST_CASE("a type that lacks its elements has no values")
{
    for (const auto id : {TypeId::list, TypeId::set, TypeId::map, TypeId::vector}) {
        const DataType type{.id = id};
        CHECK_FALSE(decode(test::bytes("00000000"), type));
        CHECK_FALSE(encode(Value::List{}, type));
        CHECK_FALSE(encode(Value::Map{}, type));
    }
    const DataType nested{
        .id = TypeId::vector, .elements = {DataType{.id = TypeId::vector, .dimension = 1}}, .dimension = 1};
    CHECK_FALSE(decode(test::bytes("00000000"), nested));
    CHECK_FALSE(encode(Value::List{}, DataType{.id = TypeId::udt, .elements = {DataType{}}}));
    CHECK_FALSE(encode(1, DataType{.id = static_cast<TypeId>(0x000A)}));
}
