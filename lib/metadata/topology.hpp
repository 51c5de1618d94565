#pragma once

#include <lib/routing/ring.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace coodie::metadata {

using routing::NodeIndex;

/// A datacenter by the order of its first node.
enum class DatacenterIndex : std::uint32_t
{
};
/// A rack by the order of its first node; racks of the same name in two datacenters are two.
enum class RackIndex : std::uint32_t
{
};

struct Location
{
    DatacenterIndex datacenter;
    RackIndex rack;

    friend bool operator==(const Location&, const Location&) = default;
};

/// Where each node stands. Nodes get their index in the order they are added.
class Topology
{
public:
    /// Servers may leave both names empty: such nodes share one datacenter or rack of no name.
    NodeIndex add(std::string_view datacenter, std::string_view rack);

    std::size_t size() const noexcept { return nodes_.size(); }
    Location location(NodeIndex node) const noexcept { return nodes_[static_cast<std::size_t>(node)]; }
    std::optional<DatacenterIndex> datacenter_named(std::string_view name) const noexcept;
    std::string_view name_of(DatacenterIndex datacenter) const noexcept
    {
        return datacenters_[static_cast<std::size_t>(datacenter)];
    }
    std::size_t datacenters() const noexcept { return datacenters_.size(); }
    std::size_t racks() const noexcept { return racks_.size(); }

    friend bool operator==(const Topology&, const Topology&) = default;

private:
    struct Rack
    {
        DatacenterIndex datacenter;
        std::string name;

        friend bool operator==(const Rack&, const Rack&) = default;
    };
    RackIndex rack_named(DatacenterIndex datacenter, std::string_view name);

    std::vector<Location> nodes_;
    std::vector<std::string> datacenters_;
    std::vector<Rack> racks_;
};

}
