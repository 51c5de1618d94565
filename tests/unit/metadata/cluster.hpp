#pragma once

#include <lib/metadata/topology.hpp>
#include <map>

/// A cluster written down: who owns which token, and where they stand.
struct Cluster
{
    struct Node
    {
        const char* name;
        const char* datacenter;
        const char* rack;
    };

    Cluster(const std::vector<Node>& nodes, const std::vector<std::pair<std::int64_t, const char*>>& tokens)
    {
        std::map<std::string_view, coodie::metadata::NodeIndex> index;
        for (const auto& node : nodes) {
            names.emplace_back(node.name);
            index[node.name] = topology.add(node.datacenter, node.rack);
        }
        std::vector<coodie::routing::RingToken> owners;
        for (const auto& [token, owner] : tokens)
            owners.push_back({coodie::Token{token}, index.at(owner)});
        ring = coodie::routing::Ring{owners};
    }

    /// "A B C"
    std::string names_of(std::span<const coodie::metadata::NodeIndex> nodes) const
    {
        std::string text;
        for (const auto node : nodes)
            text += (text.empty() ? "" : " ") + names[static_cast<std::size_t>(node)];
        return text;
    }
    std::size_t place_of(std::int64_t token) const { return ring.place_of(coodie::Token{token}); }

    std::vector<std::string> names;
    coodie::metadata::Topology topology;
    coodie::routing::Ring ring;
};

/// Two datacenters of scylla-rust-driver's tests: eu A B C in r1 and G in r2, us D E in r1 and F in r2.
inline Cluster rust_cluster()
{
    return {{{"A", "eu", "r1"},
             {"B", "eu", "r1"},
             {"C", "eu", "r1"},
             {"D", "us", "r1"},
             {"E", "us", "r1"},
             {"F", "us", "r2"},
             {"G", "eu", "r2"}},
            {{50, "A"},
             {100, "B"},
             {150, "E"},
             {200, "F"},
             {250, "A"},
             {300, "C"},
             {350, "D"},
             {400, "A"},
             {450, "F"},
             {500, "G"},
             {550, "D"},
             {600, "B"},
             {650, "C"},
             {700, "C"},
             {750, "E"},
             {800, "G"},
             {900, "B"}}};
}
