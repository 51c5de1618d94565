#include <lib/metadata/replica_map.hpp>

namespace coodie::metadata {

ReplicaMap::ReplicaMap(const routing::Ring& ring, const std::function<Replicas(std::size_t place)>& replicas_at)
    : ring_{&ring}
{
    first_.reserve(ring.size() + 1);
    for (std::size_t place = 0; place != ring.size(); ++place) {
        const auto replicas = replicas_at(place);
        nodes_.insert(nodes_.end(), replicas.begin(), replicas.end());
        first_.push_back(static_cast<std::uint32_t>(nodes_.size()));
    }
}

}
