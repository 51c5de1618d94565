// Types as [option]s and as texts, and values of them. The first byte chooses; an [option] is followed by a value.
#include "fuzz.hpp"
#include <algorithm>
#include <coodie/value.hpp>
#include <protocol/type_option.hpp>
#include <protocol/types.hpp>

using namespace coodie;
using namespace coodie::protocol;

namespace {

/// Ascii is read as it comes and written only when it is ascii; fields are written by names, which a hostile type
/// gives twice.
bool is_read_only(const DataType& type)
{
    return type.id == TypeId::ascii || type.id == TypeId::udt || std::ranges::any_of(type.elements, is_read_only);
}

/// What fields that a type has and a value lacks may take: decode() bounds that for itself.
constexpr std::size_t missing_fields = std::size_t{16} << 20U;

void expect_same_value(Bytes bytes, const DataType& type)
{
    const auto value = [&] {
        const BoundedMemory bounded{bytes.size(), missing_fields};
        return decode(bytes, type);
    }();
    if (!value)
        return;
    const auto encoding = encode(*value, type);
    expect(encoding || is_read_only(type), "a value that was decoded can be encoded");
    if (!encoding)
        return;
    const auto again = decode(Bytes{*encoding}, type);
    expect(static_cast<bool>(again), "a value that was encoded can be decoded");
    const auto last = encode(*again, type);
    expect(last && *last == *encoding, "encoding a value gives the same bytes again");
}

void read_option(Bytes input)
{
    Reader in{input};
    TypeReader types{in};
    const auto type = [&] {
        const BoundedMemory bounded{input.size()};
        return types.read();
    }();
    if (in.finish())
        return;
    const auto spellings = types.take_spellings();
    std::vector<std::byte> written(TypeWriter{spellings}.size(type));
    Writer out{written};
    TypeWriter{spellings}.write(out, type);
    expect(out.remaining() == 0, "a type's size is what is written");
    expect(std::ranges::equal(written, input.first(written.size())), "a type is written as it was spelled");
    expect_same_value(in.rest(), type);
}

void read_class_name(std::string_view text)
{
    const auto type = [&] {
        const BoundedMemory bounded{text.size()};
        return parse_custom_type(text);
    }();
    if (!type)
        return;
    const auto again = parse_custom_type(class_name(*type));
    expect(again && *again == *type, "a class name is read back as its type");
}

void read_cql(std::string_view text)
{
    const auto type = [&] {
        const BoundedMemory bounded{text.size()};
        return parse_cql_type(text);
    }();
    if (type)
        static_cast<void>(type->to_string());
}

}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* input, std::size_t size)
{
    if (size == 0)
        return 0;
    const auto rest = std::as_bytes(std::span{input, size}).subspan(1);
    const std::string_view text{reinterpret_cast<const char*>(rest.data()), rest.size()};
    switch (input[0] % 3) {
    case 0: read_option(rest); break;
    case 1: read_class_name(text); break;
    case 2: read_cql(text); break;
    }
    return 0;
}
