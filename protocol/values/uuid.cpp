#include <algorithm>
#include <coodie/blob.hpp>
#include <coodie/time_uuid.hpp>
#include <protocol/values/hex.hpp>

namespace coodie {

namespace {

constexpr std::array<std::size_t, 4> dashes{8, 13, 18, 23};

std::uint64_t ticks_of(Timestamp time) noexcept
{
    return static_cast<std::uint64_t>(time.time_since_epoch().count()) * 10'000U + TimeUuid::ticks_at_1970;
}

}

std::optional<Uuid> Uuid::parse(std::string_view text) noexcept
{
    if (text.size() != 36)
        return std::nullopt;
    std::array<char, 32> hex;
    auto* digit = hex.begin();
    for (std::size_t n = 0; n < text.size(); ++n) {
        const bool dash = std::ranges::find(dashes, n) != dashes.end();
        if (dash != (text[n] == '-'))
            return std::nullopt;
        if (!dash)
            *digit++ = text[n];
    }
    Uuid uuid;
    if (!protocol::read_hex({hex.data(), hex.size()}, uuid.bytes.data()))
        return std::nullopt;
    return uuid;
}

std::string Uuid::to_string() const
{
    auto text = to_hex(bytes);
    for (const auto at : dashes)
        text.insert(at, 1, '-');
    return text;
}

TimeUuid TimeUuid::of(std::uint64_t ticks, std::uint64_t low) noexcept
{
    TimeUuid uuid;
    const auto high = ticks << 32U | (ticks >> 16U & 0xFFFF'0000U) | (ticks >> 48U & 0x0FFFU) | 0x1000U;
    detail::store_integer(detail::store_integer(uuid.bytes.data(), high), low);
    return uuid;
}

TimeUuid TimeUuid::min_at(Timestamp time) noexcept
{
    return of(ticks_of(time), 0x8080'8080'8080'8080U);
}

TimeUuid TimeUuid::max_at(Timestamp time) noexcept
{
    return of(ticks_of(time) + 9'999, 0x7F7F'7F7F'7F7F'7F7FU);
}

std::optional<TimeUuid> TimeUuid::from(const Uuid& uuid) noexcept
{
    if (uuid.version() != 1)
        return std::nullopt;
    return TimeUuid{uuid.bytes};
}

std::optional<TimeUuid> TimeUuid::parse(std::string_view text) noexcept
{
    const auto uuid = Uuid::parse(text);
    return uuid ? from(*uuid) : std::nullopt;
}

std::uint64_t TimeUuid::ticks() const noexcept
{
    const auto high = detail::load_integer<std::uint64_t>(bytes.data());
    return (high & 0x0FFFU) << 48U | (high & 0xFFFF'0000U) << 16U | high >> 32U;
}

Timestamp TimeUuid::time() const noexcept
{
    const auto since_1970 = static_cast<std::int64_t>(ticks() - ticks_at_1970);
    using Ticks = std::chrono::duration<std::int64_t, std::ratio<1, 10'000'000>>;
    return Timestamp{std::chrono::floor<std::chrono::milliseconds>(Ticks{since_1970})};
}

std::strong_ordering TimeUuid::operator<=>(const TimeUuid& other) const noexcept
{
    if (const auto order = ticks() <=> other.ticks(); order != 0)
        return order;
    // The low halves as Cassandra compares them: bytes as signed numbers.
    constexpr std::uint64_t signs = 0x8080'8080'8080'8080U;
    const auto low = detail::load_integer<std::uint64_t>(bytes.data() + 8) ^ signs;
    const auto other_low = detail::load_integer<std::uint64_t>(other.bytes.data() + 8) ^ signs;
    return low != other_low ? low <=> other_low : bytes <=> other.bytes;
}

}
