#include "fact.hpp"

#include <algorithm>
#include <charconv>

namespace vectors {

namespace {

template <class T> T number_of(const Json& number)
{
    if (number.is_number())
        return number.get<T>();
    const auto& text = number.get_ref<const std::string&>();
    T value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    expect(error == std::errc{} && end == text.data() + text.size(), "no whole number: " + text);
    return value;
}

}

void expect(bool holds, const std::string& otherwise)
{
    if (!holds)
        throw Mismatch{otherwise};
}

void expect_bytes(const std::string& what, Bytes actual, Bytes expected)
{
    expect(std::ranges::equal(actual, expected),
           what + ": " + coodie::to_hex(actual) + ", expected " + coodie::to_hex(expected));
}

void expect_same(const std::string& what, const Json& actual, const Json& expected)
{
    expect(actual == expected, what + ": " + actual.dump() + ", expected " + expected.dump());
}

void expect_fields(const Json& actual, const Json& expected)
{
    for (const auto& [name, value] : expected.items()) {
        expect(actual.contains(name), "nothing known of '" + name + "', expected " + value.dump());
        expect_same(name, actual.at(name), value);
    }
}

Blob bytes_of(const Json& hex)
{
    auto bytes = coodie::parse_hex(hex.get_ref<const std::string&>());
    expect(bytes.has_value(), "no hex: " + hex.dump());
    return *bytes;
}

Json hex_of(const std::optional<Bytes>& bytes)
{
    return bytes ? Json(coodie::to_hex(*bytes)) : Json();
}

std::int64_t integer(const Json& number)
{
    return number_of<std::int64_t>(number);
}

std::uint64_t natural(const Json& number)
{
    return number_of<std::uint64_t>(number);
}

}
