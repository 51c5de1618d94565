#include <algorithm>
#include <lib/metadata/simple_strategy.hpp>

namespace coodie::metadata {

std::vector<routing::NodeIndex> SimpleStrategy::replicas(const routing::Ring& ring, std::size_t place) const
{
    const auto wanted = std::min(factor, ring.owners());
    std::vector<routing::NodeIndex> found;
    for (std::size_t step = 0; found.size() != wanted; ++step) {
        const auto node = ring[(place + step) % ring.size()].owner;
        if (std::ranges::find(found, node) == found.end())
            found.push_back(node);
    }
    return found;
}

}
