#pragma once

#include <coodie/result.hpp>
#include <coodie/token.hpp>
#include <coodie/uuid.hpp>
#include <span>
#include <vector>

namespace coodie::routing {

struct TabletReplica
{
    Uuid host;
    std::uint32_t shard; ///< as the server says: may exceed the shards that the node is known to have

    friend bool operator==(const TabletReplica&, const TabletReplica&) = default;
};

/// A range of a table's tokens and who has it, as Scylla tells whoever asked a node that has it not.
struct Tablet
{
    Token first; ///< of the range, inclusive
    Token last;  ///< inclusive
    std::vector<TabletReplica> replicas = {};

    friend bool operator==(const Tablet&, const Tablet&) = default;
};

/// The custom payload "tablets-routing-v1"
///     tuple<bigint: the token before the first, bigint: the last, list<tuple<uuid, int>>>
/// Errors: errc::protocol; the answer that carried it is none the worse.
Result<Tablet> parse_tablet(std::span<const std::byte> payload);

}
