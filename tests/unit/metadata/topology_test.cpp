#include <doctest/doctest.h>
#include <lib/metadata/topology.hpp>

using namespace coodie::metadata;

TEST_CASE("nodes get their index in the order they are added")
{
    Topology topology;
    CHECK(topology.add("dc1", "r1") == NodeIndex{0});
    CHECK(topology.add("dc2", "r1") == NodeIndex{1});
    CHECK(topology.add("dc1", "r1") == NodeIndex{2});
    CHECK(topology.size() == 3);
    CHECK(topology.datacenters() == 2);
    CHECK(topology.location(NodeIndex{0}).datacenter == topology.location(NodeIndex{2}).datacenter);
    CHECK(topology.location(NodeIndex{0}).rack == topology.location(NodeIndex{2}).rack);
}

TEST_CASE("racks of one name in two datacenters are two")
{
    Topology topology;
    topology.add("dc1", "r1");
    topology.add("dc2", "r1");
    CHECK(topology.racks() == 2);
    CHECK(topology.location(NodeIndex{0}).rack != topology.location(NodeIndex{1}).rack);
}

TEST_CASE("a datacenter is found by its exact name")
{
    Topology topology;
    topology.add("dc1", "r1");
    topology.add("", "");
    const auto found = topology.datacenter_named("dc1");
    REQUIRE(found);
    CHECK(topology.name_of(*found) == "dc1");
    CHECK(topology.datacenter_named("") == DatacenterIndex{1});
    CHECK_FALSE(topology.datacenter_named("DC1"));
    CHECK_FALSE(Topology{}.datacenter_named("dc1"));
}
