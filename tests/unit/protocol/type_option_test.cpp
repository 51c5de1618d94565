#include "allocation.hpp"
#include "decoded.hpp"
#include "samples.hpp"
#include <protocol/type_option.hpp>

using namespace coodie;
using namespace coodie::protocol;

namespace {

std::string failure_of_type(const Wire& option)
{
    std::string failure;
    decoded(option, failure, [](Reader& in) { return TypeReader{in}.read(); });
    return failure;
}

std::vector<std::byte> written(const DataType& type, std::span<const TypeSpelling> spellings = {})
{
    std::vector<std::byte> bytes(TypeWriter{spellings}.size(type));
    Writer out{bytes};
    TypeWriter{spellings}.write(out, type);
    CHECK(out.remaining() == 0);
    return bytes;
}

}

TEST_CASE("every type is read, and written again as it was spelled")
{
    for (const auto& sample : type_samples()) {
        CAPTURE(sample.cql);
        Reader in{sample.option.bytes()};
        TypeReader types{in};
        const auto type = types.read();
        CHECK(!in.finish());
        CHECK(type.to_string() == sample.cql);
        const auto spellings = types.take_spellings();
        CHECK(written(type, spellings) == sample.option);
    }
}

TEST_CASE("types that v4 has no id for are written as Cassandra's classes")
{
    const DataType vector{.id = TypeId::vector, .elements = {{.id = TypeId::float_}}, .dimension = 3};
    CHECK(written(vector) == wire().short_(0).string("org.apache.cassandra.db.marshal.VectorType("
                                                     "org.apache.cassandra.db.marshal.FloatType , 3)"));
    CHECK(written({.id = TypeId::duration}) == wire().short_(0).string("org.apache.cassandra.db.marshal.DurationType"));
}

TEST_CASE("a class name is read back as the type that it names")
{
    for (const auto& sample : type_samples()) {
        CAPTURE(sample.cql);
        Reader in{sample.option.bytes()};
        const auto type = TypeReader{in}.read();
        const auto named = parse_custom_type(class_name(type));
        REQUIRE(named);
        CHECK(*named == type);
    }
}

TEST_CASE("the spelling of each type is found again among its neighbours")
{
    const auto option =
        wire().short_(0x31).short_(4).short_(0x0A).short_(0x0D).short_(0x20).short_(0x15).short_(0).string(
            "DurationType");
    Reader in{option.bytes()};
    TypeReader types{in};
    const auto type = types.read();
    CHECK(type.to_string() == "tuple<text, text, list<duration>, duration>");
    const auto spellings = types.take_spellings();
    CHECK(spellings.size() == 3);
    CHECK(written(type, spellings) == option);
}

TEST_CASE("unknown ids are refused by their number, our own for vectors too")
{
    CHECK(contains(failure_of_type(wire().short_(0x16)), "unknown id (22)"));
    CHECK(contains(failure_of_type(wire().short_(0x32)), "unknown id (50)"));
    CHECK(contains(failure_of_type(wire().short_(0x8000)), "unknown id (32768)"));
    CHECK(contains(failure_of_type(wire().short_(0xFFFF)), "unknown id (65535)"));
}

TEST_CASE("types nest 32 deep and no deeper")
{
    const auto nested = [](int depth) {
        auto option = wire();
        for (int i = 1; i != depth; ++i)
            option.short_(0x20);
        return option.short_(0x09);
    };
    CHECK(failure_of_type(nested(32)) == "");
    CHECK(contains(failure_of_type(nested(33)), "nested deeper"));
    CHECK(contains(failure_of_type(nested(5'000)), "nested deeper"));
}

TEST_CASE("tuples that announce more than they hold take no memory for it")
{
    auto bomb = wire();
    for (int i = 0; i != 30; ++i)
        bomb.short_(0x31).short_(1'000);
    for (int i = 0; i != 1'000; ++i)
        bomb.short_(0x09);
    const AllocationPeak memory;
    CHECK(contains(failure_of_type(bomb), "more types than the message can hold"));
    CHECK(memory.peak() <= 128 * bomb.bytes().size());
}

TEST_CASE("types that class names hold are counted with the others")
{
    std::string name = "TupleType(a";
    for (int i = 1; i != 30'000; ++i)
        name += ",a";
    auto option = wire().short_(0x31).short_(3);
    for (int i = 0; i != 3; ++i)
        option.short_(0).string(name + ')');
    CHECK(contains(failure_of_type(option), "more types than the message can hold"));
    CHECK(failure_of_type(wire().short_(0).string(name + ')')) == "");
}

TEST_CASE("a class name that cannot be read leaves its column opaque")
{
    for (const auto* name : {"org.example.Type", "VectorType(FloatType", "VectorType(FloatType, -1)", "ListType()", ""})
    {
        CAPTURE(name);
        const auto option = wire().short_(0).string(name);
        Reader in{option.bytes()};
        TypeReader types{in};
        const auto type = types.read();
        CHECK(type == DataType{.id = TypeId::custom, .name = name});
        CHECK(types.take_spellings().empty());
        CHECK(written(type) == option);
    }
}

TEST_CASE("a class nobody knows keeps its name whole, without the spaces around it")
{
    const auto vector = parse_custom_type("VectorType( org.example.Type , 3)");
    REQUIRE(vector);
    CHECK(vector->to_string() == "vector<'org.example.Type', 3>");
    const auto composed = parse_custom_type("org.example.Type (a, b) ");
    REQUIRE(composed);
    CHECK(composed->name == "org.example.Type (a, b)");
}
