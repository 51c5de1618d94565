#pragma once

#include <optional>
#include <protocol/supported.hpp>
#include <string>

namespace coodie::protocol {

/// How a Scylla node divides the ring among its shards.
struct ShardInfo
{
    std::uint16_t shard = 0;  ///< this connection's
    std::uint16_t shards = 1; ///< > shard
    std::uint8_t ignore_msb = 0;

    friend bool operator==(const ShardInfo&, const ShardInfo&) = default;
};

/// The SCYLLA_* extensions of SUPPORTED. What is malformed counts as absent.
struct ScyllaOptions
{
    std::optional<ShardInfo> sharding = {}; ///< only when all of it is there, valid, and of an algorithm that we know
    std::string problem = {};               ///< the first thing that is malformed
    std::optional<std::uint16_t> shard_aware_port = {};
    std::optional<std::uint16_t> shard_aware_port_tls = {};
    std::uint32_t lwt_mask = 0;                       ///< 0: no mark agreed
    std::optional<std::int32_t> rate_limit_code = {}; ///< never a code that CQL has already
    bool tablets = false;                             ///< TABLETS_ROUTING_V1
    bool metadata_id = false;                         ///< SCYLLA_USE_METADATA_ID

    static ScyllaOptions parse(const Supported& supported);
};

}
