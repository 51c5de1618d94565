#pragma once

#include <coodie/token.hpp>
#include <protocol/notations.hpp>

namespace coodie::protocol {

/// How a table's partition keys become tokens. Scylla's CDC logs have a partitioner of their own.
enum class Partitioner : std::uint8_t
{
    murmur3,
    cdc,
};

/// Cassandra's Murmur3: the first half of MurmurHash3_x64_128 of seed 0, except that the bytes behind the last whole
/// block are signed, and that the lowest token does not exist: it becomes the highest.
Token murmur3_token(Bytes key) noexcept;

/// The first eight bytes of the key; of a shorter key the lowest token.
Token cdc_token(Bytes key) noexcept;

inline Token token_of(Bytes key, Partitioner partitioner) noexcept
{
    return partitioner == Partitioner::murmur3 ? murmur3_token(key) : cdc_token(key);
}

/// MurmurHash3's last mixing of 64 bits.
constexpr std::uint64_t murmur3_finish(std::uint64_t bits) noexcept
{
    bits ^= bits >> 33U;
    bits *= 0xff51afd7ed558ccdU;
    bits ^= bits >> 33U;
    bits *= 0xc4ceb9fe1a85ec53U;
    bits ^= bits >> 33U;
    return bits;
}

}
