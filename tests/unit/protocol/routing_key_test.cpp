#include <coodie/scalar_codecs.hpp>
#include <doctest/doctest.h>
#include <protocol/routing_key.hpp>
#include <string>

using namespace coodie;
using namespace coodie::protocol;

namespace {

using Key = std::vector<std::uint16_t>;

std::optional<std::string> key_of(const ValueBuffer& values, const Key& partition_key)
{
    const auto key = routing_key(values, partition_key);
    if (!key)
        return {};
    return std::string{reinterpret_cast<const char*>(key->data()), key->size()};
}

template <class... T> ValueBuffer buffer_of(const T&... values)
{
    ValueBuffer buffer;
    buffer.add(values...);
    return buffer;
}

using namespace std::string_literals;

}

TEST_CASE("a routing key is the value of one column, or the composite of several, in the key's order")
{
    const auto values = buffer_of(std::int32_t{2}, std::string{"xy"}, std::int32_t{1}, std::string{});
    struct Example
    {
        std::string name;
        Key partition_key;
        std::string expected;
    };
    const Example examples[] = {
        {"one column", {0}, "\0\0\0\2"s},
        {"one column, not the first", {1}, "xy"},
        {"an empty value", {3}, ""},
        {"two columns", {0, 2}, "\0\4\0\0\0\2\0\0\4\0\0\0\1\0"s},
        {"against the order of the values", {2, 1, 0}, "\0\4\0\0\0\1\0\0\2xy\0\0\4\0\0\0\2\0"s},
        {"an empty value among several", {3, 1}, "\0\0\0\0\2xy\0"s},
        {"the same column twice", {1, 1}, "\0\2xy\0\0\2xy\0"s},
    };
    for (const auto& example : examples) {
        CAPTURE(example.name);
        CHECK(key_of(values, example.partition_key) == example.expected);
        CHECK(routing_token(values, example.partition_key) ==
              murmur3_token(std::as_bytes(std::span{example.expected})));
    }
}

TEST_CASE("sc-38: a statement has no routing key when one of the key's values cannot be known")
{
    const auto values = buffer_of(std::int32_t{2}, std::optional<std::int32_t>{}, unset, std::string(65'536, 'x'));
    struct Example
    {
        std::string name;
        Key partition_key;
    };
    const Example examples[] = {
        {"no key columns", {}},
        {"null", {1}},
        {"null among several", {0, 1}},
        {"unset", {2}},
        {"unset among several", {2, 0}},
        {"too long", {3}},
        {"too long among several", {0, 3}},
        {"an index behind the values", {4}},
        {"an index behind the values among several", {0, 65'535}},
    };
    for (const auto& example : examples) {
        CAPTURE(example.name);
        CHECK(key_of(values, example.partition_key) == std::nullopt);
        CHECK(routing_token(values, example.partition_key) == std::nullopt);
    }
    CHECK(routing_token(ValueBuffer{}, Key{0}) == std::nullopt);
}

TEST_CASE("the token of a long composite is that of its key")
{
    for (const auto size : {100U, 120U, 125U, 126U, 1000U, 65'535U}) {
        CAPTURE(size);
        const auto values = buffer_of(std::string(size, 'a'), std::string(size, 'b'));
        const auto key = routing_key(values, Key{0, 1});
        REQUIRE(key);
        CHECK(key->size() == 2 * (size + 3));
        CHECK(routing_token(values, Key{0, 1}) == murmur3_token(*key));
        CHECK(routing_token(values, Key{0, 1}, Partitioner::cdc) == cdc_token(*key));
    }
}
