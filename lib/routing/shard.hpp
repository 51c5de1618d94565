#pragma once

#include <coodie/token.hpp>

namespace coodie::routing {

/// How a Scylla node divides tokens among its cores ("biased-token-round-robin").
struct Sharding
{
    std::uint16_t shards = 1;    ///< not 0
    std::uint8_t ignore_msb = 0; ///< less than 64

    friend bool operator==(const Sharding&, const Sharding&) = default;
};

std::uint16_t shard_of(Token token, Sharding sharding) noexcept;

}
