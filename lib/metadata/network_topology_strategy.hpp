#pragma once

#include <lib/metadata/topology.hpp>

namespace coodie::metadata {

struct DatacenterFactor
{
    std::string datacenter;
    std::size_t factor;
};

/// What happens to a node whose rack has a replica already while other racks of its datacenter have none. It decides
/// the order of the replicas, hardly ever their set.
enum class RackRepeats : std::uint8_t
{
    accepted, ///< as many as the factor exceeds the racks are taken as they come: Cassandra since 3.0, Scylla
    drained,  ///< they wait until every rack has a replica: Cassandra before that
};

/// NetworkTopologyStrategy: in each datacenter the first nodes along the ring, in different racks as far as there are.
/// Made once for a ring and a topology; knows nothing of them afterwards but what it needs. Both must outlive it.
class NetworkTopologyStrategy
{
public:
    /// Datacenters that no node stands in, and factors of 0, count as if they were not there.
    NetworkTopologyStrategy(const routing::Ring& ring, const Topology& topology,
                            std::span<const DatacenterFactor> factors, RackRepeats repeats = RackRepeats::accepted);

    /// The replicas of what the token at `place` owns, in the server's order: by the ring, datacenters mixed. Fewer
    /// than the factors say where there are not as many nodes.
    std::vector<NodeIndex> replicas(std::size_t place) const;

private:
    struct Datacenter
    {
        std::size_t replicas = 0; ///< wanted; never more than nodes
        std::size_t factor = 0;
        std::size_t racks = 0;
    };
    class Walk;

    const routing::Ring& ring_;
    const Topology& topology_;
    RackRepeats repeats_;
    std::vector<Datacenter> datacenters_; ///< by DatacenterIndex
};

}
