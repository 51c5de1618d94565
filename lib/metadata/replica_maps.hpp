#pragma once

#include <coodie/metadata.hpp>
#include <lib/metadata/replica_map.hpp>
#include <lib/metadata/topology.hpp>

namespace coodie::metadata {

/// The replicas of every keyspace. Keyspaces that are replicated alike share one map, which is computed once, and not
/// again for the next schema as long as the nodes stay the same.
/// Threads: immutable.
class ReplicaMaps
{
public:
    ReplicaMaps() = default; ///< of no keyspace
    /// `known`: the maps before, which are taken over where ring and topology are the same objects.
    ReplicaMaps(std::shared_ptr<const routing::Ring> ring, std::shared_ptr<const Topology> topology,
                const SchemaMetadata& schema, const ReplicaMaps* known = nullptr);

    /// None where a request may as well go to any node: every node has all, or its own, nobody knows who has what,
    /// or more than 64 nodes have it.
    const ReplicaMap* of(std::string_view keyspace) const noexcept;
    std::span<const NodeIndex> replicas(std::string_view keyspace, Token token) const noexcept
    {
        const auto* const map = of(keyspace);
        return map ? map->replicas(token) : std::span<const NodeIndex>{};
    }
    std::size_t distinct() const noexcept { return maps_.size(); } ///< maps that are kept

private:
    /// What decides where replicas are: strategy, and factors by datacenter, "" for SimpleStrategy's.
    using Key = std::pair<ReplicationStrategy, std::map<std::string, std::size_t>>;

    static std::optional<Key> key_of(const Replication& replication, const Topology& topology);
    std::shared_ptr<const ReplicaMap> make(const Key& key) const;

    std::shared_ptr<const routing::Ring> ring_; ///< the maps look into it
    std::shared_ptr<const Topology> topology_;
    std::map<Key, std::shared_ptr<const ReplicaMap>> maps_;
    std::map<std::string, const ReplicaMap*, std::less<>> by_keyspace_;
};

}
