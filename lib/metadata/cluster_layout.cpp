#include <algorithm>
#include <lib/metadata/cluster_layout.hpp>

namespace coodie::metadata {

ClusterLayout lay_out(std::span<const NodeDescription* const> nodes, const ClusterLayout& known)
{
    Topology topology;
    std::vector<routing::RingToken> tokens;
    for (const auto* const node : nodes) {
        const auto index = node ? topology.add(node->datacenter, node->rack) : topology.add("", "");
        if (node)
            for (const auto token : node->tokens)
                tokens.push_back({token, index});
    }
    auto layout = known;
    routing::Ring ring{std::move(tokens)};
    if (!std::ranges::equal(ring.tokens(), known.ring->tokens()))
        layout.ring = std::make_shared<const routing::Ring>(std::move(ring));
    if (topology != *known.topology)
        layout.topology = std::make_shared<const Topology>(std::move(topology));
    return layout;
}

}
