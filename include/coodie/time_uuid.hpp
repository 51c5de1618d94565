#pragma once

#include <coodie/calendar.hpp>
#include <coodie/uuid.hpp>

namespace coodie {

/// A version 1 UUID: a time in steps of 100 ns, a clock sequence and a node. Ordered as Cassandra orders timeuuid:
/// by time, then by the other half, its bytes taken as signed.
struct COODIE_API TimeUuid
{
    static constexpr std::uint64_t ticks_at_1970 = 0x01B2'1DD2'1381'4000U;

    std::array<std::byte, 16> bytes{};

    /// The present time, unique: no two calls in this process give the same, and each is later than those before.
    static TimeUuid now();
    static TimeUuid min_at(Timestamp time) noexcept; ///< no timeuuid of this millisecond is smaller
    static TimeUuid max_at(Timestamp time) noexcept; ///< no timeuuid of this millisecond is greater
    /// From steps of 100 ns since 1582-10-15 and the bytes 8 to 15: variant, clock sequence and node.
    static TimeUuid of(std::uint64_t ticks, std::uint64_t low) noexcept;
    static std::optional<TimeUuid> from(const Uuid& uuid) noexcept; ///< version 1 only
    static std::optional<TimeUuid> parse(std::string_view text) noexcept;
    std::string to_string() const { return Uuid{bytes}.to_string(); }

    /// Steps of 100 ns since 1582-10-15.
    std::uint64_t ticks() const noexcept;
    Timestamp time() const noexcept;
    operator Uuid() const noexcept { return Uuid{bytes}; }

    friend bool operator==(const TimeUuid&, const TimeUuid&) = default;
    std::strong_ordering operator<=>(const TimeUuid& other) const noexcept;
};

template <> struct Codec<TimeUuid> : detail::UuidCodec<TimeUuid, TypeId::timeuuid>
{
};

}

template <> struct std::hash<coodie::TimeUuid>
{
    std::size_t operator()(const coodie::TimeUuid& uuid) const noexcept { return std::hash<coodie::Uuid>{}(uuid); }
};
