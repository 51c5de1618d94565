#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>

namespace coodie::detail {

// Unsigned vints: as many leading one bits as bytes follow, then the number, most significant byte first. Durations and
// the elements of vectors use them; signed numbers travel zig-zag (0, -1, 1, -2 ... are 0, 1, 2, 3 ...).

inline constexpr std::size_t max_vint_size = 9;

constexpr std::uint64_t zigzag(std::int64_t value) noexcept
{
    return (static_cast<std::uint64_t>(value) << 1U) ^ static_cast<std::uint64_t>(value >> 63U);
}
constexpr std::int64_t unzigzag(std::uint64_t value) noexcept
{
    return static_cast<std::int64_t>((value >> 1U) ^ (0 - (value & 1U)));
}

constexpr std::size_t vint_size(std::uint64_t value) noexcept
{
    const auto bits = static_cast<std::size_t>(std::bit_width(value | 1U));
    return bits > 56 ? max_vint_size : (bits + 6) / 7;
}

/// `out` has vint_size(value) bytes.
constexpr std::byte* store_vint(std::byte* out, std::uint64_t value) noexcept
{
    const auto size = vint_size(value);
    for (auto at = size; at-- > 0; value >>= 8U)
        out[at] = static_cast<std::byte>(value);
    out[0] |= static_cast<std::byte>(0xFF00U >> (size - 1));
    return out + size;
}

/// Takes a vint from the front of `in`; false when it is longer than `in`. A longer form than needed is accepted.
constexpr bool load_vint(std::span<const std::byte>& in, std::uint64_t& value) noexcept
{
    if (in.empty())
        return false;
    const auto first = std::to_integer<std::uint8_t>(in[0]);
    const auto more = static_cast<std::size_t>(std::countl_one(first));
    if (more >= in.size())
        return false;
    value = more >= 7 ? 0 : first & (0xFFU >> (more + 1));
    for (std::size_t at = 1; at <= more; ++at)
        value = value << 8U | std::to_integer<std::uint64_t>(in[at]);
    in = in.subspan(more + 1);
    return true;
}

}
