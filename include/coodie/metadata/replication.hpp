#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>

namespace coodie {

enum class ReplicationStrategy : std::uint8_t
{
    simple,           ///< the first nodes along the ring
    network_topology, ///< so many in each datacenter
    everywhere,       ///< every node
    local,            ///< each node its own: system tables
    unknown,          ///< a class of somebody's own, or options that make no sense
};

/// How a keyspace is replicated.
struct Replication
{
    ReplicationStrategy strategy = ReplicationStrategy::unknown;
    std::size_t factor = 0;                         ///< simple only; full replicas
    std::map<std::string, std::size_t> datacenters; ///< network_topology only: full replicas in each
    std::map<std::string, std::string> options;     ///< as the server keeps them, "class" among them

    friend bool operator==(const Replication&, const Replication&) = default;
};

}
