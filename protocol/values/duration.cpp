#include <algorithm>
#include <array>
#include <charconv>
#include <coodie/duration.hpp>
#include <limits>

namespace coodie {

namespace {

constexpr std::uint64_t microsecond = 1'000;
constexpr std::uint64_t millisecond = 1'000 * microsecond;
constexpr std::uint64_t second = 1'000 * millisecond;
constexpr std::uint64_t minute = 60 * second;
constexpr std::uint64_t hour = 60 * minute;

enum class Part : std::uint8_t
{
    months,
    days,
    nanoseconds,
};

struct Unit
{
    std::string_view name;
    Part part;
    std::uint64_t factor;
};

// In the order in which they may be written; each at most once.
constexpr std::array<Unit, 11> units{{{"y", Part::months, 12},
                                      {"mo", Part::months, 1},
                                      {"w", Part::days, 7},
                                      {"d", Part::days, 1},
                                      {"h", Part::nanoseconds, hour},
                                      {"m", Part::nanoseconds, minute},
                                      {"s", Part::nanoseconds, second},
                                      {"ms", Part::nanoseconds, millisecond},
                                      {"us", Part::nanoseconds, microsecond},
                                      {"\xC2\xB5s", Part::nanoseconds, microsecond}, // micro sign
                                      {"ns", Part::nanoseconds, 1}}};
constexpr std::array<Unit, 3> iso_dates{{{"y", Part::months, 12}, {"m", Part::months, 1}, {"d", Part::days, 1}}};
constexpr std::array<Unit, 3> iso_times{
    {{"h", Part::nanoseconds, hour}, {"m", Part::nanoseconds, minute}, {"s", Part::nanoseconds, second}}};
constexpr std::array<Unit, 1> iso_weeks{{{"w", Part::days, 7}}};

bool is_digit(char sign) noexcept
{
    return sign >= '0' && sign <= '9';
}

char lower(char letter) noexcept
{
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

/// Takes a number from the front.
std::optional<std::uint64_t> take_number(std::string_view& text) noexcept
{
    std::uint64_t number = 0;
    const auto [stopped, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{})
        return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(stopped - text.data()));
    return number;
}

/// A duration without its sign, while it is read.
struct Amounts
{
    std::array<std::uint64_t, 3> parts{};

    bool add(const Unit& unit, std::uint64_t count) noexcept
    {
        auto& part = parts[static_cast<std::size_t>(unit.part)];
        std::uint64_t product = 0;
        return !__builtin_mul_overflow(count, unit.factor, &product) && !__builtin_add_overflow(part, product, &part);
    }
    /// Reads numbers with their units behind, until the text ends.
    bool add_all(std::string_view text, std::span<const Unit> known) noexcept
    {
        while (!text.empty()) {
            const auto count = take_number(text);
            const auto name =
                text.substr(0, static_cast<std::size_t>(std::ranges::find_if(text, is_digit) - text.begin()));
            const auto unit = std::ranges::find_if(
                known, [name](const Unit& one) { return std::ranges::equal(one.name, name, {}, {}, lower); });
            if (!count || unit == known.end() || !add(*unit, *count))
                return false;
            known = {unit + 1, known.end()};
            text.remove_prefix(name.size());
        }
        return true;
    }
    std::optional<Duration> signed_as(bool negative) const noexcept
    {
        const auto limit = [negative](std::uint64_t max) { return max + (negative ? 1U : 0U); };
        if (parts[0] > limit(0x7FFF'FFFFU) || parts[1] > limit(0x7FFF'FFFFU) ||
            parts[2] > limit(0x7FFF'FFFF'FFFF'FFFFU))
            return std::nullopt;
        const auto made = [negative](std::uint64_t part) {
            return static_cast<std::int64_t>(negative ? 0 - part : part);
        };
        return Duration{static_cast<std::int32_t>(made(parts[0])), static_cast<std::int32_t>(made(parts[1])),
                        made(parts[2])};
    }
};

/// "0001-02-03T04:05:06"
bool add_alternative(Amounts& amounts, std::string_view text) noexcept
{
    constexpr std::string_view separators = "--T::";
    constexpr std::array<std::size_t, 6> widths{4, 2, 2, 2, 2, 2};
    const std::array<const Unit*, 6> fields{&iso_dates[0], &iso_dates[1], &iso_dates[2],
                                            &iso_times[0], &iso_times[1], &iso_times[2]};
    for (std::size_t n = 0; n < fields.size(); ++n) {
        auto digits = text.substr(0, widths[n]);
        const auto size = digits.size();
        const auto count = take_number(digits);
        if (size != widths[n] || !digits.empty() || !count || !amounts.add(*fields[n], *count))
            return false;
        text.remove_prefix(size);
        if (n < separators.size() && (text.empty() || text[0] != separators[n]))
            return false;
        text.remove_prefix(n < separators.size() ? 1 : 0);
    }
    return text.empty();
}

/// What follows "P".
bool add_iso(Amounts& amounts, std::string_view text) noexcept
{
    if (text.find('-') != std::string_view::npos)
        return add_alternative(amounts, text);
    if (text.ends_with('W') || text.ends_with('w'))
        return amounts.add_all(text, iso_weeks);
    const auto t = std::min(text.find_first_of("Tt"), text.size());
    const auto times = text.substr(std::min(t + 1, text.size()));
    return (t == text.size() || !times.empty()) && amounts.add_all(text.substr(0, t), iso_dates) &&
           amounts.add_all(times, iso_times);
}

std::uint64_t magnitude(std::int64_t value) noexcept
{
    return value < 0 ? 0 - static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value);
}

void append(std::string& text, std::uint64_t& amount, std::uint64_t factor, const char* unit)
{
    if (amount >= factor)
        text += std::to_string(amount / factor) + unit;
    amount %= factor;
}

}

std::optional<Duration> Duration::parse(std::string_view text) noexcept
{
    const bool negative = text.starts_with('-');
    text.remove_prefix(negative ? 1 : 0);
    const bool iso = text.starts_with('P') || text.starts_with('p');
    text.remove_prefix(iso ? 1 : 0);
    Amounts amounts;
    if (text.empty() || !(iso ? add_iso(amounts, text) : amounts.add_all(text, units)))
        return std::nullopt;
    return amounts.signed_as(negative);
}

std::string Duration::to_string() const
{
    auto m = magnitude(months);
    auto d = magnitude(days);
    auto n = magnitude(nanoseconds);
    std::string text;
    append(text, m, 12, "y");
    append(text, m, 1, "mo");
    append(text, d, 1, "d");
    append(text, n, hour, "h");
    append(text, n, minute, "m");
    append(text, n, second, "s");
    append(text, n, millisecond, "ms");
    append(text, n, microsecond, "us");
    append(text, n, 1, "ns");
    const bool negative = months < 0 || days < 0 || nanoseconds < 0;
    return text.empty() ? "0s" : (negative ? "-" : "") + text;
}

std::size_t Codec<Duration>::size(const Duration& value) noexcept
{
    return detail::vint_size(detail::zigzag(value.months)) + detail::vint_size(detail::zigzag(value.days)) +
           detail::vint_size(detail::zigzag(value.nanoseconds));
}

std::byte* Codec<Duration>::store(std::byte* out, const Duration& value) noexcept
{
    out = detail::store_vint(out, detail::zigzag(value.months));
    out = detail::store_vint(out, detail::zigzag(value.days));
    return detail::store_vint(out, detail::zigzag(value.nanoseconds));
}

bool Codec<Duration>::load(std::span<const std::byte> in, Duration& value) noexcept
{
    constexpr auto max_zigzag = std::numeric_limits<std::uint32_t>::max();
    std::uint64_t months = 0;
    std::uint64_t days = 0;
    std::uint64_t nanoseconds = 0;
    if (!detail::load_vint(in, months) || !detail::load_vint(in, days) || !detail::load_vint(in, nanoseconds) ||
        !in.empty() || months > max_zigzag || days > max_zigzag)
        return false;
    value = {static_cast<std::int32_t>(detail::unzigzag(months)), static_cast<std::int32_t>(detail::unzigzag(days)),
             detail::unzigzag(nanoseconds)};
    return value.is_valid();
}

}
