#include "allocation.hpp"
#include "bytes.hpp"

#include <coodie/decimal.hpp>
#include <doctest/doctest.h>
#include <limits>

using namespace coodie;

namespace {

struct VarintExample
{
    const char* text;
    const char* bytes;
};

constexpr VarintExample varint_examples[] = {
    {"0", "00"},
    {"-1", "ff"},
    {"127", "7f"},
    {"128", "0080"},
    {"-128", "80"},
    {"-129", "ff7f"},
    {"9223372036854775807", "7fffffffffffffff"},
    {"-9223372036854775808", "8000000000000000"},
    {"9223372036854775808", "008000000000000000"},
    {"-9223372036854775809", "ff7fffffffffffffff"},
    {"18446744073709551616", "010000000000000000"},
    {"-18446744073709551616", "ff0000000000000000"},
    {"123456789123456789123456789", "661efdf2e3b19f7c045f15"},
    {"170141183460469231731687303715884105727", "7fffffffffffffffffffffffffffffff"},
    {"-170141183460469231731687303715884105728", "80000000000000000000000000000000"},
    {"170141183460469231731687303715884105728", "0080000000000000000000000000000000"},
    {"1000000000000000000000000000", "033b2e3c9fd0803ce8000000"},
};

Blob bytes_of(const Varint& number)
{
    Blob bytes(number.size());
    number.store(bytes.data());
    return bytes;
}

}

TEST_CASE("a varint is the shortest two's complement of its decimal text")
{
    for (const auto& example : varint_examples) {
        CAPTURE(std::string{example.text});
        const auto number = Varint::parse(example.text);
        REQUIRE(number);
        CHECK(to_hex(bytes_of(*number)) == example.bytes);
        CHECK(Varint::from_bytes(test::bytes(example.bytes)) == *number);
        CHECK(number->to_string() == example.text);
    }
}

TEST_CASE("needless sign bytes are accepted and dropped")
{
    CHECK(Varint::from_bytes(test::bytes("0000000000000000000000000001")) == Varint{1});
    CHECK(Varint::from_bytes(test::bytes("ffffffffffffffffffffffffff80")) == Varint{-128});
    CHECK(Varint::from_bytes({}) == Varint{});
}

TEST_CASE("what is no whole number does not parse")
{
    for (const char* text : {"", "-", "+", "+-1", "1 ", " 1", "0x1", "1e3", "1.0", "--1"}) {
        CAPTURE(std::string{text});
        CHECK_FALSE(Varint::parse(text));
    }
    CHECK(Varint::parse("+7") == Varint{7});
    CHECK(Varint::parse("-0") == Varint{});
    CHECK(Varint::parse("00000000000000000000000012") == Varint{12});
}

TEST_CASE("a varint becomes a built-in integer when that holds it")
{
    constexpr auto max = std::numeric_limits<std::int64_t>::max();
    CHECK(Varint{max}.to_int64() == max);
    CHECK_FALSE(Varint{std::numeric_limits<std::uint64_t>::max()}.to_int64());
    CHECK(Varint{std::numeric_limits<std::uint64_t>::max()}.to_string() == "18446744073709551615");
    for (const char* text : {"170141183460469231731687303715884105727", "-170141183460469231731687303715884105728",
                             "-9223372036854775809", "5"})
    {
        const auto number = Varint::parse(text).value();
        REQUIRE(number.to_int128());
        CHECK(Varint::from_int128(*number.to_int128()) == number);
    }
    CHECK_FALSE(Varint::parse("170141183460469231731687303715884105728")->to_int128());
}

TEST_CASE("varints are ordered as numbers")
{
    const char* const ascending[] = {"-18446744073709551616",
                                     "-9223372036854775809",
                                     "-9223372036854775808",
                                     "-1",
                                     "0",
                                     "5",
                                     "9223372036854775807",
                                     "9223372036854775808",
                                     "9223372036854775809",
                                     "170141183460469231731687303715884105728"};
    for (std::size_t n = 0; n + 1 < std::size(ascending); ++n) {
        CAPTURE(std::string{ascending[n]});
        CHECK(Varint::parse(ascending[n]).value() < Varint::parse(ascending[n + 1]).value());
        CHECK(Varint::parse(ascending[n + 1]).value() > Varint::parse(ascending[n]).value());
    }
}

TEST_CASE("numbers of a megabyte are neither parsed nor printed digit by digit")
{
    const std::string digits(1'000'000, '9');
    CHECK_FALSE(Varint::parse(digits));
    const auto huge = Varint::from_bytes(Blob(1'000'000, std::byte{0x7F}));
    CHECK(huge.to_string().starts_with("0x7f7f"));
    CHECK(huge.to_string().size() == 2'000'002);
    CHECK_FALSE(huge.to_int64());
    CHECK((Decimal{huge, 5}.to_string().ends_with("7fE-5")));
    const std::string most(Varint::max_digits, '7');
    CHECK(Varint::parse(most));
    CHECK_FALSE(Varint::parse(most + "7"));
    const auto longest_decimal = Varint::from_bytes(Blob(Varint::max_printed_bytes, std::byte{0x7F})).to_string();
    CHECK(longest_decimal.size() <= Varint::max_digits);
    CHECK(Varint::parse(longest_decimal)->to_string() == longest_decimal);
}

TEST_CASE("a decimal prints its digits, or an exponent where zeros would stand beside them")
{
    struct
    {
        const char* unscaled;
        std::int32_t scale;
        const char* text;
    } constexpr rows[] = {
        {"129", 2, "1.29"},
        {"-129", 2, "-1.29"},
        {"1", 0, "1"},
        {"5", 1, "0.5"},
        {"-5", 3, "-0.005"},
        {"100", 2, "1.00"},
        {"0", 2, "0.00"},
        {"0", 0, "0"},
        {"0", 7, "0E-7"},
        {"1", 6, "0.000001"},
        {"1", 7, "1E-7"},
        {"123", 9, "1.23E-7"},
        {"123", -1, "1.23E+3"},
        {"1", -3, "1E+3"},
        {"-64206", 20, "-6.4206E-16"},
        {"1", std::numeric_limits<std::int32_t>::min(), "1E+2147483648"},
        {"1", std::numeric_limits<std::int32_t>::max(), "1E-2147483647"},
        {"99", std::numeric_limits<std::int32_t>::min(), "9.9E+2147483649"},
    };
    for (const auto& row : rows) {
        CAPTURE(std::string{row.text});
        const Decimal decimal{Varint::parse(row.unscaled).value(), row.scale};
        const test::PeakAllocation peak;
        CHECK(decimal.to_string() == row.text);
        CHECK(peak.bytes() < 4096);
        CHECK(Decimal::parse(row.text) == decimal);
    }
}

TEST_CASE("a decimal keeps its trailing zeros and reads exponents of either case")
{
    struct
    {
        const char* text;
        const char* unscaled;
        std::int32_t scale;
    } constexpr rows[] = {{"1243878957943.1234124191998", "12438789579431234124191998", 13},
                          {"-0.00000000000000064206", "-64206", 20},
                          {".5", "5", 1},
                          {"5.", "5", 0},
                          {"+1.50", "150", 2},
                          {"1.5e3", "15", -2},
                          {"1e-05", "1", 5}};
    for (const auto& row : rows) {
        CAPTURE(std::string{row.text});
        CHECK(Decimal::parse(row.text) == Decimal{Varint::parse(row.unscaled).value(), row.scale});
    }
    for (const char* text : {"", ".", "-", "1.2.3", "1e", "e5", "1e+-5", "1e99999999999999999999", "1E-2147483648",
                             "1 ", "0x1", "1E+2147483649", "nan"})
    {
        CAPTURE(std::string{text});
        CHECK_FALSE(Decimal::parse(text));
    }
    CHECK_FALSE(Decimal::parse(std::string(1'000'000, '1')));
    CHECK_FALSE(Decimal::parse("0." + std::string(1'000'000, '1')));
}
