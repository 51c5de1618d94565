// The codecs of values.
#include "json_value.hpp"
#include "kinds.hpp"

#include <protocol/reader.hpp>
#include <protocol/vint.hpp>

namespace vectors {

namespace {

using namespace coodie;

bool goes(const Json& input, std::string_view way)
{
    const auto direction = input.value("dir", "both");
    return direction == "both" || direction == way;
}

/// As bytes too, where NaN makes values unequal to themselves.
bool same(const Value& left, const Value& right, const DataType& type)
{
    if (left == right)
        return true;
    const auto a = encode(left, type);
    const auto b = encode(right, type);
    return left.content().index() == right.content().index() && a && b && *a == *b;
}

void type_codec(const Json& input, const Json& expected)
{
    const auto type = type_named(input.at("cql_type"));
    const auto bytes = bytes_of(expected.at("hex"));
    const auto value = value_of(input.at("value"), type);
    if (goes(input, "encode"))
        expect_bytes("encoded", accepted("encode", encode(value, type)), bytes);
    if (goes(input, "decode")) {
        const auto decoded = accepted("decode", decode(bytes, type));
        expect(same(decoded, value, type), "decoded " + decoded.to_string() + ", expected " + value.to_string());
    }
}

void type_reject(const Json& input, const Json&)
{
    const auto type = type_named(input.at("cql_type"));
    if (input.contains("hex"))
        refused("decode", decode(bytes_of(input.at("hex")), type));
    if (input.contains("value"))
        refused("encode", encode(value_of(input.at("value"), type), type));
    expect(input.contains("hex") || input.contains("value"), "neither hex nor value");
}

Value value_in(const std::string& state)
{
    if (state == "unset")
        return unset;
    if (state == "null")
        return {};
    expect(state == "empty", "an unknown state: " + state);
    return Value::Empty{};
}

void value_wire(const Json& input, const Json& expected)
{
    const auto type = input.contains("cql_type") ? type_named(input.at("cql_type")) : DataType{TypeId::int_};
    const auto value = input.contains("state") ? value_in(input.at("state")) : value_of(input.at("value"), type);
    Blob wire;
    const auto error = append_value(wire, value, type);
    expect(!error, error.message());
    expect_bytes("encoded", wire, bytes_of(expected.at("hex")));

    protocol::Reader in{wire};
    const auto cell = in.read_value();
    expect(!in.finish() && in.remaining() == 0, "the value is not read back whole");
    if (value.is_unset())
        expect(cell.size == -2, "unset is not read back");
    else
        expect(accepted("decode", decode(cell, type)) == value, "another value is read back");
}

void value_wire_reject(const Json& input, const Json&)
{
    const auto wire = bytes_of(input.at("hex"));
    protocol::Reader in{wire};
    in.read_value();
    expect(static_cast<bool>(in.finish()), "accepted");
}

void unsigned_vint(const Json& input, const Json& expected)
{
    const auto value = natural(input.at("value"));
    const auto bytes = bytes_of(expected.at("hex"));
    Blob stored(protocol::vint_size(value));
    expect(protocol::store_vint(stored.data(), value) == stored.data() + stored.size(),
           "another size than vint_size()");
    expect_bytes("stored", stored, bytes);

    Bytes in = bytes;
    std::uint64_t loaded = 0;
    expect(protocol::load_vint(in, loaded) && in.empty(), "not loaded");
    expect_same("loaded", loaded, value);
}

void timeuuid_msb(const Json& input, const Json& expected)
{
    const auto uuid = Uuid::parse(input.at("uuid").get_ref<const std::string&>());
    expect(uuid.has_value(), "no UUID");
    Blob time(8);
    detail::store_integer(time.data(), TimeUuid{uuid->bytes}.ticks());
    expect_fields({{"msb_hex", to_hex(time)}, {"lsb_hex", to_hex(Bytes{uuid->bytes}.subspan(8))}}, expected);
}

constexpr Kind kinds[] = {
    {"type_codec", type_codec},       {"type_reject", type_reject},
    {"value_wire", value_wire},       {"value_wire_reject", value_wire_reject},
    {"unsigned_vint", unsigned_vint}, {"timeuuid_msb", timeuuid_msb},
};

}

std::span<const Kind> value_kinds()
{
    return kinds;
}

}
