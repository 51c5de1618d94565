#pragma once

#include <chrono>
#include <compare>
#include <coodie/scalar_codecs.hpp>
#include <optional>

namespace coodie {

/// CQL's timestamp: milliseconds since 1970, UTC.
using Timestamp = std::chrono::sys_time<std::chrono::milliseconds>;

COODIE_API Timestamp current_timestamp() noexcept;
COODIE_API std::string to_string(Timestamp time); ///< "2026-11-21T12:00:00.000Z"

/// CQL's date: a day, counted so that 1970-01-01 is 2^31. Holds years far beyond those of std::chrono.
struct COODIE_API Date
{
    std::uint32_t days = 0x8000'0000U;

    constexpr Date() noexcept = default;
    constexpr explicit Date(std::uint32_t centred) noexcept : days{centred} {}
    /// Errors: InvalidQueryError for a day that is none: 30 February.
    constexpr Date(std::chrono::year_month_day day) : Date{std::chrono::sys_days{day}, 0}
    {
        if (!day.ok())
            refuse_day();
    }
    static constexpr std::optional<Date> from(std::chrono::sys_days day) noexcept
    {
        const auto count = day.time_since_epoch().count();
        if (count < -0x8000'0000LL || count > 0x7FFF'FFFFLL)
            return std::nullopt;
        return Date{day, 0};
    }

    constexpr std::chrono::sys_days sys_days() const noexcept
    {
        return std::chrono::sys_days{std::chrono::days{std::int64_t{days} - 0x8000'0000LL}};
    }
    /// Nothing for years before -32767 or after 32767.
    std::optional<std::chrono::year_month_day> year_month_day() const noexcept;
    std::string to_string() const; ///< "2026-11-21"; the number itself for years that std::chrono has not

    friend bool operator==(const Date&, const Date&) = default;
    friend std::strong_ordering operator<=>(const Date&, const Date&) = default;

private:
    [[noreturn]] static void refuse_day();
    constexpr Date(std::chrono::sys_days day, int) noexcept
        : days{static_cast<std::uint32_t>(day.time_since_epoch().count() + 0x8000'0000LL)}
    {
    }
};

/// CQL's time: nanoseconds since midnight, less than a day.
class COODIE_API Time
{
public:
    static constexpr std::chrono::nanoseconds end = std::chrono::hours{24};

    constexpr Time() noexcept = default;
    explicit Time(std::chrono::nanoseconds since_midnight); ///< Errors: InvalidQueryError unless 0 <= it < 24 h
    static constexpr std::optional<Time> from(std::chrono::nanoseconds since_midnight) noexcept
    {
        Time time;
        time.since_midnight_ = since_midnight;
        if (since_midnight < since_midnight.zero() || since_midnight >= end)
            return std::nullopt;
        return time;
    }

    constexpr std::chrono::nanoseconds since_midnight() const noexcept { return since_midnight_; }
    std::string to_string() const; ///< "23:59:59.999999999"

    friend bool operator==(const Time&, const Time&) = default;
    friend std::strong_ordering operator<=>(const Time&, const Time&) = default;

private:
    std::chrono::nanoseconds since_midnight_{0};
};

template <> struct Codec<Timestamp>
{
    static constexpr std::size_t packed = 8;
    static const DataType& type() { return detail::plain_type<TypeId::timestamp>(); }
    static std::size_t size(const Timestamp&) noexcept { return 8; }
    static std::byte* store(std::byte* out, const Timestamp& value) noexcept
    {
        return detail::store_integer(out, std::int64_t{value.time_since_epoch().count()});
    }
    static bool load(std::span<const std::byte> in, Timestamp& value) noexcept
    {
        if (in.size() != 8)
            return false;
        value = Timestamp{std::chrono::milliseconds{detail::load_integer<std::int64_t>(in.data())}};
        return true;
    }
};

template <> struct Codec<Date>
{
    static const DataType& type() { return detail::plain_type<TypeId::date>(); }
    static std::size_t size(const Date&) noexcept { return 4; }
    static std::byte* store(std::byte* out, const Date& value) noexcept
    {
        return detail::store_integer(out, value.days);
    }
    static bool load(std::span<const std::byte> in, Date& value) noexcept
    {
        if (in.size() != 4)
            return false;
        value = Date{detail::load_integer<std::uint32_t>(in.data())};
        return true;
    }
};

template <> struct COODIE_API Codec<std::chrono::year_month_day>
{
    static const DataType& type() { return detail::plain_type<TypeId::date>(); }
    static std::size_t size(const std::chrono::year_month_day& value); ///< Errors: as Date's
    static std::byte* store(std::byte* out, const std::chrono::year_month_day& value) noexcept;
    static bool load(std::span<const std::byte> in, std::chrono::year_month_day& value) noexcept;
};

template <> struct COODIE_API Codec<Time>
{
    static const DataType& type() { return detail::plain_type<TypeId::time>(); }
    static std::size_t size(const Time&) noexcept { return 8; }
    static std::byte* store(std::byte* out, const Time& value) noexcept
    {
        return detail::store_integer(out, std::int64_t{value.since_midnight().count()});
    }
    static bool load(std::span<const std::byte> in, Time& value) noexcept;
};

}
