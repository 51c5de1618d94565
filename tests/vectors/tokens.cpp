// Tokens and the keys they are made from.
#include "json_value.hpp"
#include "kinds.hpp"

#include <bit>
#include <numeric>
#include <protocol/routing_key.hpp>

namespace vectors {

namespace {

using namespace coodie;
using namespace coodie::protocol;

Json text_of(Token token)
{
    return std::to_string(static_cast<std::int64_t>(token));
}

Blob key_of(const Json& input)
{
    return input.contains("key_hex") ? bytes_of(input.at("key_hex")) : blob(input.at("key_utf8").get<std::string>());
}

void murmur3(const Json& input, const Json& expected)
{
    expect_fields({{"token", text_of(token_of(key_of(input), Partitioner::murmur3))}}, expected);
}

void cdc(const Json& input, const Json& expected)
{
    expect_fields({{"token", text_of(token_of(key_of(input), Partitioner::cdc))}}, expected);
}

std::uint64_t bits(const Json& number)
{
    return static_cast<std::uint64_t>(integer(number));
}

Json number(std::uint64_t bits)
{
    return std::to_string(static_cast<std::int64_t>(bits));
}

void rotate(const Json& input, const Json& expected)
{
    const auto rotated = std::rotl(bits(input.at("x")), static_cast<int>(integer(input.at("r"))));
    expect_fields({{"value", number(rotated)}}, expected);
}

void finish(const Json& input, const Json& expected)
{
    expect_fields({{"value", number(murmur3_finish(bits(input.at("x"))))}}, expected);
}

/// A component: null, hex, or [type, value].
void append_component(Blob& out, const Json& component)
{
    const DataType blob{TypeId::blob};
    const auto error = component.is_array() ? [&] {
        const auto type = type_named(component.at(0));
        return append_value(out, value_of(component.at(1), type), type);
    }()
                                            : append_value(out, value_of(component, blob), blob);
    expect(!error, error.message());
}

struct Key
{
    ValueBuffer values;
    std::vector<std::uint16_t> columns;
};

Key components_of(const Json& input)
{
    Key key;
    const auto& components = input.contains("components_hex") ? input.at("components_hex") : input.at("components");
    for (const auto& component : components) {
        Blob wire;
        append_component(wire, component);
        key.values.append(wire, 1);
    }
    key.columns.resize(components.size());
    std::iota(key.columns.begin(), key.columns.end(), std::uint16_t{0});
    return key;
}

void routing_token_of(const Json& input, const Json& expected)
{
    const auto key = components_of(input);
    const auto token = routing_token(key.values, key.columns);
    expect(token.has_value(), "no token");
    expect_fields({{"token", text_of(*token)}}, expected);
}

void routing_key_of(const Json& input, const Json& expected)
{
    const auto key = components_of(input);
    const auto bytes = routing_key(key.values, key.columns);
    expect_fields({{"hex", hex_of(bytes)}, {"routing_key", hex_of(bytes)}}, expected);
    expect(bytes.has_value() == routing_token(key.values, key.columns).has_value(), "a key without a token");
}

constexpr Kind kinds[] = {
    {"murmur3_token", murmur3},
    {"cdc_token", cdc},
    {"murmur3_rotl64", rotate},
    {"murmur3_fmix64", finish},
    {"routing_token", routing_token_of},
    {"routing_key", routing_key_of},
    {"routing_key_absent", routing_key_of},
};

}

std::span<const Kind> token_kinds()
{
    return kinds;
}

}
