#include <algorithm>
#include <lib/metadata/network_topology_strategy.hpp>

namespace coodie::metadata {

namespace {

std::size_t at(auto index) noexcept
{
    return static_cast<std::size_t>(index);
}

bool contains(const std::vector<NodeIndex>& nodes, NodeIndex node) noexcept
{
    return std::ranges::find(nodes, node) != nodes.end();
}

}

NetworkTopologyStrategy::NetworkTopologyStrategy(const routing::Ring& ring, const Topology& topology,
                                                 std::span<const DatacenterFactor> factors, RackRepeats repeats)
    : ring_{ring}, topology_{topology}, repeats_{repeats}, datacenters_(topology.datacenters())
{
    for (const auto& [name, factor] : factors)
        if (const auto datacenter = topology.datacenter_named(name))
            datacenters_[at(*datacenter)].factor = factor;

    std::vector<bool> node_seen(topology.size());
    std::vector<bool> rack_seen(topology.racks());
    for (const auto& [token, node] : ring.tokens()) {
        const auto [in, rack] = topology.location(node);
        auto& datacenter = datacenters_[at(in)];
        if (!node_seen[at(node)])
            datacenter.replicas += datacenter.replicas < datacenter.factor;
        if (!rack_seen[at(rack)])
            ++datacenter.racks;
        node_seen[at(node)] = true;
        rack_seen[at(rack)] = true;
    }
}

/// One way along the ring, until every datacenter has its replicas.
class NetworkTopologyStrategy::Walk
{
public:
    explicit Walk(const NetworkTopologyStrategy& strategy)
        : strategy_{strategy}, progress_(strategy.datacenters_.size()), rack_seen_(strategy.topology_.racks())
    {
        for (std::size_t i = 0; i != progress_.size(); ++i) {
            const auto& datacenter = strategy.datacenters_[i];
            missing_ += datacenter.replicas;
            progress_[i].missing = datacenter.replicas;
            progress_[i].racks_left = datacenter.racks;
            progress_[i].repeats_left = datacenter.factor > datacenter.racks ? datacenter.factor - datacenter.racks : 0;
        }
    }

    bool done() const noexcept { return missing_ == 0; }
    std::vector<NodeIndex> take() noexcept { return std::move(found_); }

    void visit(NodeIndex node)
    {
        const auto [datacenter, rack] = strategy_.topology_.location(node);
        auto& progress = progress_[at(datacenter)];
        if (progress.missing == 0 || contains(found_, node))
            return;
        if (!rack_seen_[at(rack)]) {
            rack_seen_[at(rack)] = true;
            --progress.racks_left;
            add(progress, node);
            if (progress.racks_left == 0)
                drain(progress);
        } else
            repeat(progress, node);
    }

private:
    struct Progress
    {
        std::size_t missing = 0;
        std::size_t racks_left = 0; ///< that have no replica yet
        std::size_t repeats_left = 0;
        std::vector<NodeIndex> waiting = {};
    };

    void add(Progress& progress, NodeIndex node)
    {
        found_.push_back(node);
        --progress.missing;
        --missing_;
    }
    /// A node in a rack that has a replica already.
    void repeat(Progress& progress, NodeIndex node)
    {
        if (strategy_.repeats_ == RackRepeats::drained) {
            if (progress.racks_left == 0)
                add(progress, node);
            else if (!contains(progress.waiting, node))
                progress.waiting.push_back(node);
        } else if (progress.repeats_left != 0) {
            --progress.repeats_left;
            add(progress, node);
        }
    }
    void drain(Progress& progress)
    {
        for (const auto node : progress.waiting)
            if (progress.missing != 0)
                add(progress, node);
        progress.waiting.clear();
    }

    const NetworkTopologyStrategy& strategy_;
    std::vector<Progress> progress_; ///< by DatacenterIndex
    std::vector<bool> rack_seen_;
    std::size_t missing_ = 0;
    std::vector<NodeIndex> found_;
};

std::vector<NodeIndex> NetworkTopologyStrategy::replicas(std::size_t place) const
{
    Walk walk{*this};
    for (std::size_t step = 0; step != ring_.size() && !walk.done(); ++step)
        walk.visit(ring_[(place + step) % ring_.size()].owner);
    return walk.take();
}

}
