#include <coodie/calendar.hpp>
#include <coodie/container_codecs.hpp>
#include <coodie/exceptions.hpp>
#include <coodie/inet.hpp>
#include <coodie/value_buffer.hpp>
#include <doctest/doctest.h>

using namespace coodie;
using namespace std::chrono;

TEST_CASE("a date becomes a day of std::chrono where that has it, and back")
{
    struct
    {
        sys_days day;
        std::uint32_t days;
        const char* text;
    } const rows[] = {
        {sys_days{year{1970} / 1 / 1}, 0x8000'0000U, "1970-01-01"},
        {sys_days{year{1969} / 12 / 31}, 0x7FFF'FFFFU, "1969-12-31"},
        {sys_days{year{2026} / 11 / 21}, 0x8000'0000U + 20778, "2026-11-21"},
        {sys_days{year{32767} / 12 / 31}, 0x8000'0000U + 11248737, "32767-12-31"},
        {sys_days{days{0x7FFF'FFFF}}, 0xFFFF'FFFFU, "4294967295"},
        {sys_days{days{-0x8000'0000LL}}, 0, "0"},
    };
    for (const auto& row : rows) {
        CAPTURE(std::string{row.text});
        const auto date = Date::from(row.day);
        REQUIRE(date);
        CHECK(date->days == row.days);
        CHECK(date->sys_days() == row.day);
        CHECK(date->to_string() == row.text);
    }
    CHECK_FALSE(Date::from(sys_days{days{0x8000'0000LL}}));
    CHECK_FALSE(Date::from(sys_days{days{-0x8000'0001LL}}));
    CHECK_FALSE(Date{std::uint32_t{0}}.year_month_day());
    CHECK(Date{year{2000} / 2 / 29}.year_month_day() == year{2000} / 2 / 29);
    CHECK(Date{year{-32767} / 1 / 1}.year_month_day() == year{-32767} / 1 / 1);
}

TEST_CASE("a time is at least midnight and less than a day")
{
    CHECK(Time{86'399'999'999'999ns}.to_string() == "23:59:59.999999999");
    CHECK(Time{}.to_string() == "00:00:00.000000000");
    CHECK_FALSE(Time::from(-1ns));
    CHECK_FALSE(Time::from(24h));
    CHECK_FALSE(Time::from(nanoseconds::min()));
    CHECK_THROWS_AS(Time{24h}, InvalidQueryError);
}

TEST_CASE("a timestamp prints as UTC, or as its number where no calendar reaches")
{
    CHECK(to_string(Timestamp{1320692149881ms}) == "2011-11-07T18:55:49.881Z");
    CHECK(to_string(Timestamp{-1ms}) == "1969-12-31T23:59:59.999Z");
    CHECK(to_string(Timestamp::max()) == "9223372036854775807ms");
    CHECK(current_timestamp() > Timestamp{1700000000000ms});
}

TEST_CASE("addresses are read in their usual forms and in no other")
{
    for (const char* text : {"0.0.0.0", "255.255.255.255", "::", "::1", "2a00:1328:e102:ccc0::122", "::ffff:1.2.3.4"}) {
        CAPTURE(std::string{text});
        CHECK(Inet::parse(text)->to_string() == text);
    }
    for (const char* text :
         {"", "1.2.3", "1.2.3.4.5", "1.2.3.256", "1.2.3.4 ", ":::", "g::", "[::1]", "localhost", "1"})
    {
        CAPTURE(std::string{text});
        CHECK_FALSE(Inet::parse(text));
    }
    CHECK_FALSE(Inet::parse(std::string_view{"1.2.3.4\0x", 9}));
    CHECK_FALSE(Inet::parse(std::string(1000, ':')));
}

TEST_CASE("an IPv4 address equals itself written as IPv6")
{
    const auto v4 = Inet::parse("1.2.3.4").value();
    const auto mapped = Inet::parse("::ffff:1.2.3.4").value();
    CHECK(v4 == mapped);
    CHECK(v4.bytes().size() == 4);
    CHECK(mapped.bytes().size() == 16);
    CHECK_FALSE(v4 == Inet::parse("::1.2.3.4").value());
    CHECK(Inet{}.to_string() == "0.0.0.0");
    CHECK(Inet::parse("1.2.3.4").value() < Inet::parse("1.2.3.5").value());
}

TEST_CASE("a year_month_day that is no day is refused before anything is stored")
{
    const auto no_day = year{2026} / 2 / 30;
    CHECK_THROWS_AS(Date{no_day}, InvalidQueryError);
    ValueBuffer values;
    CHECK_THROWS_AS(values.add(no_day), InvalidQueryError);
    CHECK_THROWS_AS(values.add(std::optional{no_day}), InvalidQueryError);
    CHECK_THROWS_AS(values.add(std::vector{year{2026} / 13 / 1}), InvalidQueryError);
    CHECK(values.count() == 0);
    values.add(year{2028} / 2 / 29);
    CHECK(values.count() == 1);
}
