#include <coodie/calendar.hpp>
#include <coodie/error.hpp>
#include <cstdio>

namespace coodie {

namespace {

constexpr std::int64_t last_day = std::chrono::sys_days{std::chrono::year::max() / 12 / 31}.time_since_epoch().count();
constexpr std::int64_t first_day = std::chrono::sys_days{std::chrono::year::min() / 1 / 1}.time_since_epoch().count();

}

std::string to_string(Timestamp time)
{
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const auto count = day.time_since_epoch().count();
    if (count < first_day || count > last_day)
        return std::to_string(time.time_since_epoch().count()) + "ms";
    const auto since_midnight = Time::from(time - day)->to_string();
    return Date::from(day)->to_string() + "T" + since_midnight.substr(0, 12) + "Z";
}

std::optional<std::chrono::year_month_day> Date::year_month_day() const noexcept
{
    const auto day = sys_days();
    const auto count = day.time_since_epoch().count();
    if (count < first_day || count > last_day)
        return std::nullopt;
    return std::chrono::year_month_day{day};
}

void Date::refuse_day()
{
    Error{errc::bad_value, "a std::chrono::year_month_day is no day of the calendar; ask its ok() first"}.raise();
}

std::string Date::to_string() const
{
    const auto day = year_month_day();
    if (!day)
        return std::to_string(days);
    char text[32];
    std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(day->year()),
                  static_cast<unsigned>(day->month()), static_cast<unsigned>(day->day()));
    return text;
}

Time::Time(std::chrono::nanoseconds since_midnight) : since_midnight_{since_midnight}
{
    if (!from(since_midnight))
        Error{errc::bad_value, "a coodie::Time is at least 0 and less than 24 hours; keep longer spans in a Duration"}
            .raise();
}

std::string Time::to_string() const
{
    const std::chrono::hh_mm_ss parts{since_midnight_};
    char text[32];
    std::snprintf(text, sizeof text, "%02d:%02d:%02d.%09d", static_cast<int>(parts.hours().count()),
                  static_cast<int>(parts.minutes().count()), static_cast<int>(parts.seconds().count()),
                  static_cast<int>(parts.subseconds().count()));
    return text;
}

std::size_t Codec<std::chrono::year_month_day>::size(const std::chrono::year_month_day& value)
{
    return Codec<Date>::size(value);
}

std::byte* Codec<std::chrono::year_month_day>::store(std::byte* out, const std::chrono::year_month_day& value) noexcept
{
    return Codec<Date>::store(out, Date{value});
}

bool Codec<std::chrono::year_month_day>::load(std::span<const std::byte> in,
                                              std::chrono::year_month_day& value) noexcept
{
    Date date;
    if (!Codec<Date>::load(in, date))
        return false;
    const auto day = date.year_month_day();
    value = day.value_or(value);
    return day.has_value();
}

bool Codec<Time>::load(std::span<const std::byte> in, Time& value) noexcept
{
    if (in.size() != 8)
        return false;
    const auto time = Time::from(std::chrono::nanoseconds{detail::load_integer<std::int64_t>(in.data())});
    value = time.value_or(value);
    return time.has_value();
}

}
