#include "lib/cluster/token_map.hpp"

#include "lib/metadata/network_topology_strategy.hpp"
#include "lib/metadata/simple_strategy.hpp"
#include <coodie/metadata.hpp>
#include <set>

namespace coodie::detail {

namespace {

std::vector<HostIndex> owners_of(const routing::Ring& ring)
{
    std::set<HostIndex> owners;
    for (const auto& token : ring.tokens())
        owners.insert(token.owner);
    return {owners.begin(), owners.end()};
}

std::vector<metadata::DatacenterFactor> factors_of(const Replication& replication)
{
    std::vector<metadata::DatacenterFactor> factors;
    for (const auto& [datacenter, factor] : replication.datacenters)
        factors.push_back({datacenter, factor});
    return factors;
}

/// Null: nobody can tell.
std::shared_ptr<const metadata::ReplicaMap> replicas_on(const TokenMap::Places& places, const Replication& replication)
{
    const auto& ring = places.ring;
    switch (replication.strategy) {
    case ReplicationStrategy::simple:
        return std::make_shared<metadata::ReplicaMap>(ring, [&](std::size_t place) {
            return metadata::SimpleStrategy{replication.factor}.replicas(ring, place);
        });
    case ReplicationStrategy::network_topology: {
        const auto factors = factors_of(replication);
        const metadata::NetworkTopologyStrategy strategy{ring, places.topology, factors};
        return std::make_shared<metadata::ReplicaMap>(ring,
                                                      [&](std::size_t place) { return strategy.replicas(place); });
    }
    case ReplicationStrategy::everywhere:
        return std::make_shared<metadata::ReplicaMap>(ring, [owners = owners_of(ring)](std::size_t) { return owners; });
    case ReplicationStrategy::local:
    case ReplicationStrategy::unknown: return nullptr;
    }
    return nullptr;
}

}

TokenMap::TokenMap(std::shared_ptr<const Places> places, const SchemaMetadata& schema, const TokenMap& former)
    : places_{std::move(places)}
{
    if (!places_ || places_->ring.empty())
        return;
    for (const auto& [name, keyspace] : schema.keyspaces)
        keyspaces_.emplace(name, Keyspace{keyspace, replicas_under(keyspace->replication, former)});
}

TokenMap::SharedReplicas TokenMap::replicas_under(const Replication& replication, const TokenMap& former) const
{
    for (const auto& [name, known] : keyspaces_)
        if (known.keyspace->replication == replication)
            return known.replicas;
    if (former.places_ == places_)
        for (const auto& [name, known] : former.keyspaces_)
            if (known.keyspace->replication == replication)
                return known.replicas;
    return replicas_on(*places_, replication);
}

}
