#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace bench {

/// What the frames of the benchmark need of CQL v4, written a second time on purpose: the floor and the responder
/// must not inherit the library's costs, nor its mistakes.
inline constexpr std::size_t header_size = 9;

enum class Opcode : std::uint8_t
{
    error = 0x00,
    startup = 0x01,
    ready = 0x02,
    options = 0x05,
    supported = 0x06,
    query = 0x07,
    result = 0x08,
    prepare = 0x09,
    execute = 0x0A,
    register_ = 0x0B,
    batch = 0x0D
};

enum class ResultKind : std::int32_t
{
    void_ = 1,
    rows = 2,
    set_keyspace = 3,
    prepared = 4
};

inline std::uint16_t swapped(std::uint16_t n)
{
    return __builtin_bswap16(n);
}
inline std::uint32_t swapped(std::uint32_t n)
{
    return __builtin_bswap32(n);
}
inline std::uint64_t swapped(std::uint64_t n)
{
    return __builtin_bswap64(n);
}

template <std::size_t Size> struct UnsignedOf;
template <> struct UnsignedOf<2>
{
    using type = std::uint16_t;
};
template <> struct UnsignedOf<4>
{
    using type = std::uint32_t;
};
template <> struct UnsignedOf<8>
{
    using type = std::uint64_t;
};

/// Writes an integer or a double in network order.
template <class Number> void store(std::byte* at, Number value)
{
    static_assert(std::endian::native == std::endian::little);
    const auto bits = swapped(std::bit_cast<typename UnsignedOf<sizeof(Number)>::type>(value));
    std::memcpy(at, &bits, sizeof bits);
}

/// Reads an integer or a double in network order.
template <class Number> Number load(const std::byte* at)
{
    typename UnsignedOf<sizeof(Number)>::type bits;
    std::memcpy(&bits, at, sizeof bits);
    return std::bit_cast<Number>(swapped(bits));
}

}
