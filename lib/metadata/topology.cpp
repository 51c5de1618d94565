#include <algorithm>
#include <lib/metadata/topology.hpp>

namespace coodie::metadata {

NodeIndex Topology::add(std::string_view datacenter, std::string_view rack)
{
    auto known = datacenter_named(datacenter);
    if (!known) {
        known = DatacenterIndex{static_cast<std::uint32_t>(datacenters_.size())};
        datacenters_.emplace_back(datacenter);
    }
    nodes_.push_back({*known, rack_named(*known, rack)});
    return NodeIndex{static_cast<std::uint32_t>(nodes_.size() - 1)};
}

std::optional<DatacenterIndex> Topology::datacenter_named(std::string_view name) const noexcept
{
    const auto found = std::ranges::find(datacenters_, name);
    if (found == datacenters_.end())
        return {};
    return DatacenterIndex{static_cast<std::uint32_t>(found - datacenters_.begin())};
}

RackIndex Topology::rack_named(DatacenterIndex datacenter, std::string_view name)
{
    const auto found = std::ranges::find_if(
        racks_, [&](const Rack& rack) { return rack.datacenter == datacenter && rack.name == name; });
    const auto index = static_cast<std::uint32_t>(found - racks_.begin());
    if (found == racks_.end())
        racks_.push_back({datacenter, std::string{name}});
    return RackIndex{index};
}

}
