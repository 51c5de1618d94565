#pragma once

#include <lib/routing/ring.hpp>

namespace coodie::metadata {

/// SimpleStrategy: the first `factor` different nodes along the ring.
struct SimpleStrategy
{
    std::size_t factor = 1;

    /// The replicas of what the token at `place` owns, in the server's order: the first is the primary one. Fewer than
    /// `factor` when there are not as many nodes.
    std::vector<routing::NodeIndex> replicas(const routing::Ring& ring, std::size_t place) const;
};

}
