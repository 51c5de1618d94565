#include "bytes.hpp"

#include <doctest/doctest.h>

using namespace coodie;

namespace {

bool is_utf8(std::string_view hex)
{
    const auto bytes = test::bytes(hex);
    return detail::is_utf8({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

}

TEST_CASE("well-formed UTF-8 is what the Unicode standard says it is")
{
    for (const char* bytes : {"", "61", "c280", "dfbf", "e0a080", "ed9fbf", "ee8080", "efbfbf", "f0908080", "f48fbfbf",
                              "6161616161616161c3a4616161616161616161f09f98806161", "00"})
    {
        CAPTURE(std::string{bytes});
        CHECK(is_utf8(bytes));
    }
    for (const char* bytes : {"80",
                              "bf",
                              "c0af",
                              "c1bf",
                              "c2",
                              "c241",
                              "e09fbf",
                              "e0a0",
                              "e0a041",
                              "eda080",
                              "edbfbf",
                              "f08fbfbf",
                              "f09080",
                              "f0908041",
                              "f4908080",
                              "f5808080",
                              "ff",
                              "6161616161616161ff",
                              "61616161616161616161c3",
                              "61c3a4c3"})
    {
        CAPTURE(std::string{bytes});
        CHECK_FALSE(is_utf8(bytes));
    }
}

TEST_CASE("ASCII ends at 127")
{
    CHECK(detail::is_ascii("\x7F"));
    CHECK_FALSE(detail::is_ascii("\x80"));
    CHECK_FALSE(detail::is_ascii("12345678\xC3\xA4"));
    CHECK(detail::is_ascii(""));
}

TEST_CASE("hex reads what it prints, in either case")
{
    CHECK(to_hex(test::bytes("00ff0A")) == "00ff0a");
    CHECK_FALSE(parse_hex("0"));
    CHECK_FALSE(parse_hex("0g"));
    CHECK_FALSE(parse_hex("0x00"));
    CHECK(parse_hex("")->empty());
}
