#include <coodie/duration.hpp>
#include <doctest/doctest.h>
#include <limits>

using namespace coodie;

TEST_CASE("a duration is read in each of CQL's forms")
{
    constexpr std::int64_t hour = 3'600'000'000'000;
    struct
    {
        const char* text;
        Duration duration;
    } constexpr rows[] = {
        {"1y2mo", {14, 0, 0}},
        {"3w4d", {0, 25, 0}},
        {"5h6m7s8ms9us10ns", {0, 0, 5 * hour + 367'008'009'010}},
        {"-1MO2D", {-1, -2, 0}},
        {"1\xC2\xB5s", {0, 0, 1000}},
        {"P1Y2M3DT4H5M6S", {14, 3, 4 * hour + 306'000'000'000}},
        {"PT1M", {0, 0, 60'000'000'000}},
        {"P1M", {1, 0, 0}},
        {"-P2W", {0, -14, 0}},
        {"P0001-02-03T04:05:06", {14, 3, 4 * hour + 306'000'000'000}},
        {"0s", {}},
        {"-178956970y8mo", {std::numeric_limits<std::int32_t>::min(), 0, 0}},
        {"-9223372036854775808ns", {0, 0, std::numeric_limits<std::int64_t>::min()}},
        {"9223372036854775807ns", {0, 0, std::numeric_limits<std::int64_t>::max()}},
    };
    for (const auto& row : rows) {
        CAPTURE(std::string{row.text});
        CHECK(Duration::parse(row.text) == row.duration);
        CHECK(Duration::parse(row.duration.to_string()) == row.duration);
    }
}

TEST_CASE("what is no duration, or too long for one, does not parse")
{
    for (const char* text : {"",
                             "-",
                             "P",
                             "PT",
                             "P1",
                             "1",
                             "1x",
                             "y",
                             "1d1y",
                             "1d1d",
                             "d1",
                             "1y ",
                             "+1y",
                             "1.5s",
                             "--1y",
                             "P1H",
                             "PT1Y",
                             "P1YT",
                             "P1W1D",
                             "P001-02-03T04:05:06",
                             "P0001-02-03",
                             "P0001-02-03T04:05:06Z",
                             "P0001/02/03T04:05:06",
                             "2147483648mo",
                             "178956970y8mo",
                             "18446744073709551616ns",
                             "9223372036854775808ns",
                             "18446744073709551615y",
                             "2562048h",
                             "-2147483649d",
                             "1s1h",
                             "1us1\xC2\xB5s1us"})
    {
        CAPTURE(std::string{text});
        CHECK_FALSE(Duration::parse(text));
    }
}

TEST_CASE("a duration prints the units it has")
{
    CHECK(Duration{}.to_string() == "0s");
    CHECK(Duration{14, 3, 1}.to_string() == "1y2mo3d1ns");
    CHECK(Duration{0, 0, -61'000'000'000}.to_string() == "-1m1s");
    CHECK(Duration{std::numeric_limits<std::int32_t>::min(), std::numeric_limits<std::int32_t>::min(), 0}.to_string() ==
          "-178956970y8mo2147483648d");
}

TEST_CASE("cpp-26: the parts of a duration have one sign")
{
    CHECK(Duration{1, 0, 1}.is_valid());
    CHECK(Duration{-1, 0, -1}.is_valid());
    CHECK_FALSE(Duration{1, -1, 0}.is_valid());
    CHECK_FALSE(Duration{0, -1, 1}.is_valid());
}
