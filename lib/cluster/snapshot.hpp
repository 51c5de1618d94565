#pragma once

#include "lib/metadata/cluster_layout.hpp"
#include "lib/metadata/replica_maps.hpp"
#include <coodie/host.hpp>
#include <optional>
#include <protocol/murmur3.hpp>

namespace coodie::detail {

/// The cluster as the control connection last saw it. What did not change is shared with the snapshot before.
/// Threads: immutable; share it freely.
struct ClusterSnapshot
{
    std::string cluster_name;
    std::vector<std::shared_ptr<const coodie::Host>> hosts; ///< by HostIndex; null: removed
    std::string contact_datacenter;                         ///< of the host that was reached first
    std::string partitioner_class;                          ///< as the servers name it
    /// None: the servers' tokens are not ours, and no request can go to its replicas first.
    std::optional<protocol::Partitioner> partitioner;
    metadata::ClusterLayout layout;                            ///< by HostIndex
    std::shared_ptr<const metadata::ReplicaMaps> replica_maps; ///< never null
    std::shared_ptr<const SchemaMetadata> schema;              ///< never null; empty until it was read

    /// Who has the rows of this token, in the server's order; empty where nobody knows, or any host will do.
    std::span<const HostIndex> replicas(std::string_view keyspace, Token token) const
    {
        return replica_maps->replicas(keyspace, token);
    }
};

}
