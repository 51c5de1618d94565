#pragma once

#include <lib/metadata/node_description.hpp>
#include <lib/metadata/topology.hpp>
#include <memory>

namespace coodie::metadata {

/// Where nodes stand and what they own. Threads: immutable.
struct ClusterLayout
{
    std::shared_ptr<const routing::Ring> ring = std::make_shared<const routing::Ring>();
    std::shared_ptr<const Topology> topology = std::make_shared<const Topology>();
};

/// `nodes` by their index; null where a node is gone: its index owns nothing. With the ring and the topology of `known`
/// where they did not change, so that maps of replicas need not be computed again.
ClusterLayout lay_out(std::span<const NodeDescription* const> nodes, const ClusterLayout& known = {});

}
