#pragma once

#include <coodie/value.hpp>
#include <map>

namespace coodie::testing {

/// One node of a FakeCluster, as its tables describe it. What is empty is made up: addresses from 127.0.0.1 on, a host
/// id from the number, tokens evenly around the ring.
struct FakeNode
{
    std::string datacenter = "datacenter1";
    std::string rack = "rack1";
    std::string address = {}; ///< IPv4 or IPv6
    std::uint16_t port = 0;   ///< 0: the cluster's
    std::optional<Uuid> host_id = {};
    std::vector<std::string> tokens = {};
    std::string release_version = "5.0.8";
    std::optional<Uuid> schema_version = {};                        ///< none: the cluster's
    std::map<std::string, std::vector<std::string>> supported = {}; ///< beside and instead of the cluster's
    std::uint16_t shards = 0;                                       ///< 0: no Scylla node
    std::map<std::string, Value> local_columns = {}; ///< instead of what system.local would say: null, nonsense ...
    std::map<std::string, Value> peer_columns = {};  ///< the same in the peers tables of the others
};

/// The nodes of a cluster: how many, or each.
///     {.nodes = 3}    {.nodes = {{.rack = "r1"}, {.rack = "r2"}}}    {.nodes = Nodes::in({{"dc1", 3}, {"dc2", 2}})}
class Nodes : public std::vector<FakeNode>
{
public:
    Nodes(int count) : vector(static_cast<std::size_t>(count)) {}
    Nodes(std::initializer_list<FakeNode> nodes) : vector(nodes) {}
    static Nodes in(std::initializer_list<std::pair<std::string, int>> datacenters)
    {
        Nodes nodes{0};
        for (const auto& [datacenter, count] : datacenters)
            for (int i = 0; i != count; ++i)
                nodes.push_back({.datacenter = datacenter});
        return nodes;
    }
};

}
