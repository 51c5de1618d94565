#include <cassert>
#include <lib/routing/shard.hpp>

namespace coodie::routing {

namespace {

/// The upper half of the product.
std::uint64_t multiply_high(std::uint64_t number, std::uint32_t factor) noexcept
{
    const auto low = (number & 0xffffffffU) * factor;
    const auto high = (number >> 32U) * factor;
    return (high + (low >> 32U)) >> 32U;
}

}

std::uint16_t shard_of(Token token, Sharding sharding) noexcept
{
    assert(sharding.shards != 0 && sharding.ignore_msb < 64);
    const auto biased = static_cast<std::uint64_t>(token) ^ std::uint64_t{1} << 63U;
    return static_cast<std::uint16_t>(multiply_high(biased << sharding.ignore_msb, sharding.shards));
}

}
