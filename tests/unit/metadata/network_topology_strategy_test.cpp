#include "cluster.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <lib/metadata/network_topology_strategy.hpp>
#include <limits>

using namespace coodie;
using namespace coodie::metadata;

namespace {

using Factors = std::vector<DatacenterFactor>;

std::string replicas(const Cluster& cluster, const Factors& factors, std::int64_t token,
                     RackRepeats repeats = RackRepeats::accepted)
{
    const NetworkTopologyStrategy strategy{cluster.ring, cluster.topology, factors, repeats};
    return cluster.names_of(strategy.replicas(cluster.place_of(token)));
}

/// Eight nodes of java-driver's tests: two datacenters of two racks, neighbours in one rack.
Cluster java_cluster()
{
    return {{{"1", "DC1", "RACK11"},
             {"2", "DC2", "RACK21"},
             {"3", "DC1", "RACK11"},
             {"4", "DC2", "RACK21"},
             {"5", "DC1", "RACK12"},
             {"6", "DC2", "RACK22"},
             {"7", "DC1", "RACK12"},
             {"8", "DC2", "RACK22"}},
            {{-9, "1"}, {-8, "2"}, {-7, "3"}, {-6, "4"}, {-5, "5"}, {-4, "6"}, {-3, "7"}, {-2, "8"}}};
}

}

TEST_CASE("NetworkTopologyStrategy goes along the ring and spreads over racks")
{
    const auto cluster = rust_cluster();
    struct Example
    {
        std::string name;
        std::int64_t token;
        Factors factors;
        const char* replicas;
    };
    const Example examples[] = {
        {"two racks, two replicas", 160, {{"eu", 2}}, "A G"},
        {"one more than racks", 160, {{"eu", 3}}, "A C G"},
        {"all nodes", 160, {{"eu", 4}}, "A C G B"},
        {"more than nodes", 160, {{"eu", 5}}, "A C G B"},
        {"far more than nodes", 160, {{"eu", std::numeric_limits<std::size_t>::max()}}, "A C G B"},
        {"two datacenters, mixed as on the ring", 160, {{"eu", 3}, {"us", 3}}, "F A C D G E"},
        {"two and two", 160, {{"eu", 2}, {"us", 2}}, "F A D G"},
        {"an unknown datacenter", 75, {{"unknown", 2}, {"us", 1}}, "E"},
        {"a factor of 0", 75, {{"eu", 0}, {"us", 1}}, "E"},
        {"around the end", 950, {{"eu", 1}, {"us", 1}}, "A E"},
        {"no datacenter", 75, {}, ""},
    };
    for (const auto& example : examples) {
        CAPTURE(example.name);
        CHECK(replicas(cluster, example.factors, example.token) == example.replicas);
    }
}

TEST_CASE("old servers hold rack repeats back until every rack has a replica")
{
    const auto cluster = java_cluster();
    const Factors factors{{"DC1", 3}, {"DC2", 3}};
    struct Example
    {
        std::int64_t token;
        const char* accepted;
        const char* drained;
    };
    const Example examples[] = {
        {-9, "1 2 3 4 5 6", "1 2 5 3 6 4"},
        {-8, "2 3 4 5 6 7", "2 3 5 6 4 7"},
        {-7, "3 4 5 6 7 8", "3 4 5 6 7 8"},
    };
    for (const auto& example : examples) {
        CAPTURE(example.token);
        CHECK(replicas(cluster, factors, example.token) == example.accepted);
        CHECK(replicas(cluster, factors, example.token, RackRepeats::drained) == example.drained);
    }
}

TEST_CASE("a node with many tokens is a replica once")
{
    const Cluster cluster{{{"1", "dc", "a"}, {"2", "dc", "a"}, {"3", "dc", "b"}},
                          {{1, "1"}, {2, "1"}, {3, "2"}, {4, "2"}, {5, "1"}, {6, "3"}, {7, "3"}}};
    CHECK(replicas(cluster, {{"dc", 3}}, 0) == "1 2 3");
    CHECK(replicas(cluster, {{"dc", 3}}, 0, RackRepeats::drained) == "1 3 2");
    CHECK(replicas(cluster, {{"dc", 2}}, 0) == "1 3");
}

TEST_CASE("nodes without names of datacenter and rack share them")
{
    const Cluster cluster{{{"1", "", ""}, {"2", "", ""}}, {{1, "1"}, {2, "2"}}};
    CHECK(replicas(cluster, {{"", 2}}, 0) == "1 2");
    CHECK(replicas(cluster, {{"dc", 2}}, 0).empty());
}

TEST_CASE("racks whose nodes own no token do not count")
{
    const Cluster cluster{{{"1", "dc", "a"}, {"2", "dc", "a"}, {"3", "dc", "b"}}, {{1, "1"}, {2, "2"}}};
    CHECK(replicas(cluster, {{"dc", 2}}, 0) == "1 2");
    CHECK(replicas(cluster, {{"dc", 2}}, 0, RackRepeats::drained) == "1 2");
}

TEST_CASE("an empty ring has no replicas, whatever the topology says")
{
    Topology topology;
    const routing::Ring ring;
    CHECK(NetworkTopologyStrategy{ring, topology, Factors{{"dc", 1}}}.replicas(0).empty());
    topology.add("dc", "r");
    CHECK(NetworkTopologyStrategy{ring, topology, Factors{{"dc", 1}}}.replicas(0).empty());
}

TEST_CASE("both orders hold the same replicas")
{
    const auto cluster = java_cluster();
    const auto sorted = [](std::string names) {
        std::ranges::sort(names);
        return names;
    };
    for (std::size_t factor = 0; factor != 6; ++factor)
        for (std::int64_t token = -9; token != -1; ++token) {
            const Factors factors{{"DC1", factor}, {"DC2", 2}};
            CAPTURE(factor);
            CAPTURE(token);
            CHECK(sorted(replicas(cluster, factors, token)) ==
                  sorted(replicas(cluster, factors, token, RackRepeats::drained)));
        }
}
