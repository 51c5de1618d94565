#include "bytes.hpp"
#include "type_of.hpp"

#include <coodie/value.hpp>
#include <doctest/doctest.h>
#include <protocol/types.hpp>

using namespace coodie;

namespace {

constexpr bool reads_only = true;

/// A value as CQL's bytes and as Value prints it. What only reads is written in another form.
struct WireExample
{
    const char* type;
    const char* bytes;
    const char* value;
    bool only_reads = false;
};

constexpr WireExample wire_examples[] = {
    {"varint", "00", "0"},
    {"varint", "7f", "127"},
    {"varint", "0081", "129"},
    {"varint", "ff", "-1"},
    {"varint", "ff7f", "-129"},
    {"varint", "8000", "-32768"},
    {"varint", "008000", "32768"},
    {"varint", "0080000000", "2147483648"},
    {"varint", "661efdf2e3b19f7c045f15", "123456789123456789123456789"},
    {"varint", "000001", "1", reads_only},
    {"ascii", "6c6f72656d", "'lorem'"},
    {"ascii", "", "''"},
    {"text", "", "''"},
    {"text", "e381bee38197e381a6", "'まして'"},
    {"text", "6927 73", "'i''s'"},
    {"blob", "fffefd", "0xfffefd"},
    {"blob", "", "0x"},
    {"'org.example.Unknown'", "0102", "0x0102"},
    {"counter", "7fffffffffffffff", "9223372036854775807"},
    {"bigint", "8000000000000000", "-9223372036854775808"},
    {"int", "fffdcb91", "-144495"},
    {"int", "80000000", "-2147483648"},
    {"smallint", "7fff", "32767"},
    {"tinyint", "80", "-128"},
    {"boolean", "01", "true"},
    {"boolean", "00", "false"},
    {"boolean", "ff", "true", reads_only},
    {"double", "c0d2fa0800000000", "-19432.125"},
    {"double", "7ff0000000000000", "inf"},
    {"float", "4697d040", "19432.125"},
    {"float", "80000000", "-0"},
    {"timestamp", "000001337f62ee79", "'2011-11-07T18:55:49.881Z'"},
    {"timestamp", "ffffffffffffffff", "'1969-12-31T23:59:59.999Z'"},
    {"timestamp", "8000000000000000", "'-9223372036854775808ms'"},
    {"date", "80000000", "'1970-01-01'"},
    {"date", "7fffffff", "'1969-12-31'"},
    {"date", "8000001e", "'1970-01-31'"},
    {"date", "00000000", "'0'"},
    {"date", "ffffffff", "'4294967295'"},
    {"time", "0000000000000001", "'00:00:00.000000001'"},
    {"time", "00004e94914effff", "'23:59:59.999999999'"},
    {"uuid", "49157efcef3c9de31698af801fb40b2a", "49157efc-ef3c-9de3-1698-af801fb40b2a"},
    {"timeuuid", "58046580293811e7b0631332a5f033c2", "58046580-2938-11e7-b063-1332a5f033c2"},
    {"inet", "413436a9", "'65.52.54.169'"},
    {"inet", "2a001328e102ccc00000000000000122", "'2a00:1328:e102:ccc0::122'"},
    {"inet", "00000000000000000000ffff01020304", "'::ffff:1.2.3.4'"},
    {"decimal", "0000000d0a4a04225e91048ab118fe", "1243878957943.1234124191998"},
    {"decimal", "00000014ff0532", "-6.4206E-16"},
    {"decimal", "000000040080", "0.0128"},
    {"decimal", "8000000001", "1E+2147483648"},
    {"decimal", "7fffffff01", "1E-2147483647"},
    {"decimal", "00000002000081", "1.29", reads_only},
    {"duration", "000000", "0s"},
    {"duration", "0c12e28c39d2", "6mo9d21ms372us137ns"},
    {"duration", "f0ffffffff0000", "-178956970y8mo"},
    {"duration", "010101", "-1mo1d1ns"},
    {"duration", "0000fffffffffffffffffe", "2562047h47m16s854ms775us807ns"},
    {"list<text>", "00000000", "[]"},
    {"list<smallint>", "00000001 00000002 7fff", "[32767]"},
    {"list<smallint>", "00000001 00000000", "[empty]"},
    {"set<tinyint>", "00000002 00000001 01 ffffffff", "[1, null]"},
    {"set<tinyint>", "00000001 80000000", "[null]", reads_only},
    {"map<text,int>", "00000002 00000002 6d61 00000004 00000002 00000000 ffffffff", "{'ma': 2, '': null}"},
    {"tuple<int,double,text>", "00000004 00000001 ffffffff 00000001 61", "[1, null, 'a']"},
    {"tuple<int,text,bigint>", "00000004 0000007b ffffffff", "[123, null, null]", reads_only},
    {"tuple<int,double,text>", "ffffffff fffffffe 80000000", "[null, null, null]", reads_only},
    {"udt<a:int,b:text>", "00000004 0000007b ffffffff", "{a: 123, b: null}"},
    {"udt<a:int,b:text>", "", "{a: null, b: null}", reads_only},
    {"vector<float,0>", "", "[]"},
    {"vector<float,2>", "3f800000 40200000", "[1, 2.5]"},
    {"vector<boolean,2>", "0100", "[true, false]"},
    {"vector<smallint,3>", "02 0001 02 0002 02 0003", "[1, 2, 3]"},
    {"vector<date,1>", "04 80000000", "['1970-01-01']"},
    {"vector<ascii,3>", "03 616c61 02 6d61 00", "['ala', 'ma', '']"},
    {"vector<vector<int,2>,2>", "00000001 00000002 00000003 00000004", "[[1, 2], [3, 4]]"},
    {"vector<vector<tinyint,1>,1>", "02 01 07", "[[7]]"},
    {"vector<list<int>,1>", "0c 00000001 00000004 00000007", "[[7]]"},
};

/// Texts, blobs and numbers of any size may end anywhere, tuples after any field, an IPv6 address after an IPv4 one.
bool may_end_early(const DataType& type)
{
    return type.id == TypeId::text || type.id == TypeId::ascii || type.id == TypeId::blob ||
           type.id == TypeId::custom || type.id == TypeId::tuple || type.id == TypeId::udt ||
           type.id == TypeId::varint || type.id == TypeId::decimal || type.id == TypeId::inet;
}

}

TEST_CASE("cpp-23, cpp-24: a value of any type is read from its bytes, and written as the same bytes")
{
    for (const auto& example : wire_examples) {
        CAPTURE(std::string{example.type});
        CAPTURE(std::string{example.bytes});
        const auto type = type_of(example.type);
        const auto bytes = test::bytes(example.bytes);
        const auto value = decode(test::Exactly{bytes}, type);
        REQUIRE_MESSAGE(value, value.error().message());
        CHECK(value->to_string() == example.value);
        const auto again = encode(*value, type);
        REQUIRE_MESSAGE(again, again.error().message());
        if (example.only_reads)
            CHECK(decode(*again, type).value() == *value);
        else
            CHECK(to_hex(*again) == to_hex(bytes));
    }
}

TEST_CASE("bytes that end early are refused, except where a type may end anywhere")
{
    for (const auto& example : wire_examples) {
        CAPTURE(std::string{example.type});
        const auto type = type_of(example.type);
        test::for_each_prefix(test::bytes(example.bytes), [&](std::span<const std::byte> prefix) {
            CAPTURE(prefix.size());
            const auto value = decode(prefix, type);
            if (prefix.empty() && type.id < TypeId::list)
                CHECK(value);
            else if (!may_end_early(type))
                CHECK_FALSE(value);
        });
    }
}

TEST_CASE("zero bytes are empty, which is neither null nor a value, and stay zero bytes")
{
    for (const char* name : {"bigint", "boolean", "counter", "date", "decimal", "double", "duration", "float", "inet",
                             "int", "smallint", "time", "timestamp", "timeuuid", "tinyint", "uuid", "varint"})
    {
        CAPTURE(std::string{name});
        const auto type = type_of(name);
        const auto value = decode(std::span<const std::byte>{}, type).value();
        CHECK(value.is_empty());
        CHECK_FALSE(value == Value{});
        CHECK(encode(value, type).value().empty());
    }
}

TEST_CASE("cpp-28: a value travels with its length, null and unset without bytes")
{
    struct
    {
        Value value;
        const char* bytes;
    } const rows[] = {
        {4, "0000000400000004"}, {nullptr, "ffffffff"}, {unset, "fffffffe"}, {Value::Empty{}, "00000000"}};
    for (const auto& row : rows) {
        Blob out;
        REQUIRE_FALSE(append_value(out, row.value, type_of("int")));
        CHECK(to_hex(out) == row.bytes);
    }
}

TEST_CASE("a value that does not fit appends nothing")
{
    Blob out{std::byte{7}};
    CHECK(append_value(out, Value::List{1, "x"}, type_of("list<int>")));
    CHECK(to_hex(out) == "07");
}
