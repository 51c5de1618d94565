#pragma once

#include "lib/metadata/replica_map.hpp"
#include "lib/metadata/topology.hpp"
#include <map>
#include <string>

namespace coodie {
struct KeyspaceMetadata;
struct Replication;
struct SchemaMetadata;
}

namespace coodie::detail {

/// The ring of a cluster and the replicas of each keyspace on it. Keyspaces of equal replication share their replicas.
/// Threads: immutable.
class TokenMap
{
public:
    /// A ring, and where the nodes on it stand.
    struct Places
    {
        routing::Ring ring;
        metadata::Topology topology;
    };

    TokenMap() = default;
    /// `former`: what is the same there is taken over.
    TokenMap(std::shared_ptr<const Places> places, const SchemaMetadata& schema, const TokenMap& former);

    const std::shared_ptr<const Places>& places() const noexcept { return places_; }
    /// Empty: of a keyspace that is not known, or has no replicas that could be told.
    std::span<const HostIndex> replicas(std::string_view keyspace, Token token) const
    {
        const auto found = keyspaces_.find(keyspace);
        return found == keyspaces_.end() || !found->second.replicas ? std::span<const HostIndex>{}
                                                                    : found->second.replicas->replicas(token);
    }

private:
    using SharedReplicas = std::shared_ptr<const metadata::ReplicaMap>;
    struct Keyspace
    {
        std::shared_ptr<const KeyspaceMetadata> keyspace;
        SharedReplicas replicas; ///< null: nobody can tell
    };

    SharedReplicas replicas_under(const Replication& replication, const TokenMap& former) const;

    std::shared_ptr<const Places> places_;
    std::map<std::string, Keyspace, std::less<>> keyspaces_;
};

}
