#include <lib/metadata/network_topology_strategy.hpp>
#include <lib/metadata/replica_maps.hpp>
#include <lib/metadata/simple_strategy.hpp>

namespace coodie::metadata {

ReplicaMaps::ReplicaMaps(std::shared_ptr<const routing::Ring> ring, std::shared_ptr<const Topology> topology,
                         const SchemaMetadata& schema, const ReplicaMaps* known)
    : ring_{std::move(ring)}, topology_{std::move(topology)}
{
    const bool same_nodes = known && known->ring_ == ring_ && known->topology_ == topology_;
    for (const auto& [name, keyspace] : schema.keyspaces) {
        const auto key = key_of(keyspace->replication, *topology_);
        if (!key)
            continue;
        auto& map = maps_[*key];
        if (!map && same_nodes)
            if (const auto found = known->maps_.find(*key); found != known->maps_.end())
                map = found->second;
        if (!map)
            map = make(*key);
        by_keyspace_[name] = map.get();
    }
}

const ReplicaMap* ReplicaMaps::of(std::string_view keyspace) const noexcept
{
    const auto found = by_keyspace_.find(keyspace);
    return found == by_keyspace_.end() ? nullptr : found->second;
}

namespace {

/// Of a token, more than anybody needs to choose from. A map of all of them could be larger than memory, and any
/// keyspace may ask for one.
constexpr std::size_t most_replicas = 64;

bool are_too_many(const std::map<std::string, std::size_t>& factors, std::size_t nodes) noexcept
{
    std::size_t replicas = 0;
    for (const auto& [datacenter, factor] : factors)
        replicas += std::min(factor, nodes);
    return replicas > most_replicas;
}

}

/// Datacenters without nodes and factors of 0 make no difference, and no second map.
std::optional<ReplicaMaps::Key> ReplicaMaps::key_of(const Replication& replication, const Topology& topology)
{
    Key key{replication.strategy, {}};
    switch (replication.strategy) {
    case ReplicationStrategy::simple:
        if (replication.factor != 0)
            key.second[""] = replication.factor;
        break;
    case ReplicationStrategy::network_topology:
        for (const auto& [datacenter, factor] : replication.datacenters)
            if (factor != 0 && topology.datacenter_named(datacenter))
                key.second[datacenter] = factor;
        break;
    case ReplicationStrategy::everywhere:
    case ReplicationStrategy::local:
    case ReplicationStrategy::unknown: break;
    }
    if (key.second.empty() || are_too_many(key.second, topology.size()))
        return std::nullopt;
    return key;
}

std::shared_ptr<const ReplicaMap> ReplicaMaps::make(const Key& key) const
{
    if (key.first == ReplicationStrategy::simple) {
        const SimpleStrategy strategy{key.second.at("")};
        return std::make_shared<const ReplicaMap>(*ring_,
                                                  [&](std::size_t place) { return strategy.replicas(*ring_, place); });
    }
    std::vector<DatacenterFactor> factors;
    for (const auto& [datacenter, factor] : key.second)
        factors.push_back({datacenter, factor});
    const NetworkTopologyStrategy strategy{*ring_, *topology_, factors};
    return std::make_shared<const ReplicaMap>(*ring_, [&](std::size_t place) { return strategy.replicas(place); });
}

}
