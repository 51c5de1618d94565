#pragma once

#include <coodie/scalar_codecs.hpp>
#include <coodie/vint.hpp>
#include <optional>

namespace coodie {

/// CQL's duration: months, days and nanoseconds, which do not convert into each other. None of the three may have
/// another sign than the others; the server refuses what breaks that.
struct COODIE_API Duration
{
    std::int32_t months = 0;
    std::int32_t days = 0;
    std::int64_t nanoseconds = 0;

    /// Reads "1y2mo3w4d5h6m7s8ms9us10ns", "P1Y2M3DT4H5M6S", "P3W" and "P0001-02-03T04:05:06", each with "-" in front
    /// when negative.
    static std::optional<Duration> parse(std::string_view text) noexcept;
    std::string to_string() const; ///< "-1y2mo3d4h", "0s"

    bool is_valid() const noexcept
    {
        return (months >= 0 && days >= 0 && nanoseconds >= 0) || (months <= 0 && days <= 0 && nanoseconds <= 0);
    }
    friend bool operator==(const Duration&, const Duration&) = default;
};

template <> struct COODIE_API Codec<Duration>
{
    static const DataType& type() { return detail::plain_type<TypeId::duration>(); }
    static std::size_t size(const Duration& value) noexcept;
    static std::byte* store(std::byte* out, const Duration& value) noexcept;
    static bool load(std::span<const std::byte> in, Duration& value) noexcept;
};

}
