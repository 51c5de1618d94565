// Values of types that the input composes, and the texts of scalars. The first byte chooses.
#include "fuzz.hpp"
#include <coodie/value.hpp>

namespace {

using namespace coodie;

constexpr TypeId scalars[] = {TypeId::ascii,   TypeId::bigint,  TypeId::blob,     TypeId::boolean, TypeId::counter,
                              TypeId::decimal, TypeId::double_, TypeId::float_,   TypeId::int_,    TypeId::timestamp,
                              TypeId::uuid,    TypeId::text,    TypeId::varint,   TypeId::inet,    TypeId::timeuuid,
                              TypeId::date,    TypeId::time,    TypeId::smallint, TypeId::tinyint, TypeId::duration,
                              TypeId::custom};

std::uint8_t take(std::span<const std::byte>& in)
{
    if (in.empty())
        return 0;
    const auto byte = std::to_integer<std::uint8_t>(in[0]);
    in = in.subspan(1);
    return byte;
}

/// A type as the bytes choose it. What a server may say as well: vectors of any dimension, tuples without fields.
DataType choose_type(std::span<const std::byte>& in, std::size_t depth)
{
    const auto choice = take(in);
    constexpr auto composed = std::size(scalars);
    DataType type{.id = scalars[choice % composed]};
    if (depth == 8 || choice % 32 < composed)
        return type;
    constexpr TypeId ids[] = {TypeId::list, TypeId::set, TypeId::map, TypeId::tuple, TypeId::udt, TypeId::vector};
    type.id = ids[choice % std::size(ids)];
    const bool fields = type.id == TypeId::tuple || type.id == TypeId::udt;
    const std::size_t count = fields ? take(in) % 5 : type.id == TypeId::map ? 2 : 1;
    for (std::size_t n = 0; n < count; ++n) {
        type.elements.push_back(choose_type(in, depth + 1));
        if (type.id == TypeId::udt)
            type.field_names.push_back(std::string(1, static_cast<char>('a' + n)));
    }
    if (type.id == TypeId::vector)
        type.dimension = choice >= 0xE0 ? 0x7FFF'FFFFU : take(in) % 8U;
    return type;
}

/// Ascii is read leniently and written strictly.
bool has_ascii(const DataType& type)
{
    bool found = type.id == TypeId::ascii;
    for (const auto& element : type.elements)
        found = found || has_ascii(element);
    return found;
}

void read_value(std::span<const std::byte> in)
{
    const auto whole = in.size();
    const auto type = choose_type(in, 0);
    const auto value = [&] {
        const BoundedMemory bounded{whole};
        return decode(in, type);
    }();
    if (!value)
        return;
    const auto printed = value->to_string();
    const auto encoded = encode(*value, type);
    expect(encoded || has_ascii(type), "a value that was decoded can be encoded");
    if (!encoded)
        return;
    const auto again = decode(*encoded, type);
    // By text, as NaN equals nothing.
    expect(again && again->to_string() == printed, "a value is the same after encoding");
    expect(encode(*again, type).value() == *encoded, "encoding a value gives the same bytes again");
}

void read_texts(std::string_view text)
{
    if (const auto number = Varint::parse(text))
        expect(Varint::parse(number->to_string()) == number, "Varint reads what it prints");
    if (const auto decimal = Decimal::parse(text))
        expect(Decimal::parse(decimal->to_string()) == decimal, "Decimal reads what it prints");
    if (const auto duration = Duration::parse(text))
        expect(Duration::parse(duration->to_string()) == duration, "Duration reads what it prints");
    if (const auto address = Inet::parse(text))
        expect(Inet::parse(address->to_string()) == address, "Inet reads what it prints");
    if (const auto uuid = Uuid::parse(text))
        expect(Uuid::parse(uuid->to_string()) == uuid, "Uuid reads what it prints");
}

}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* begin, std::size_t size)
{
    std::span<const std::byte> in{reinterpret_cast<const std::byte*>(begin), size};
    const auto choice = take(in);
    const std::string_view text{reinterpret_cast<const char*>(in.data()), in.size()};
    if (choice < 0x20)
        read_texts(text);
    else
        read_value(in);
    return 0;
}
