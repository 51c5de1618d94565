#include <doctest/doctest.h>
#include <lib/metadata/cluster_layout.hpp>

using namespace coodie;
using namespace coodie::metadata;

namespace {

NodeDescription node(std::string datacenter, std::string rack, std::vector<std::int64_t> tokens)
{
    NodeDescription made;
    made.datacenter = std::move(datacenter);
    made.rack = std::move(rack);
    for (const auto token : tokens)
        made.tokens.push_back(Token{token});
    return made;
}

using Nodes = std::vector<const NodeDescription*>;

}

TEST_CASE("nodes own their tokens under their index")
{
    const auto a = node("eu", "r1", {0, 20});
    const auto b = node("us", "r1", {10});
    const auto layout = lay_out(Nodes{&a, &b});
    CHECK(layout.ring->size() == 3);
    CHECK((*layout.ring)[1].owner == NodeIndex{1});
    CHECK(layout.topology->name_of(layout.topology->location(NodeIndex{1}).datacenter) == "us");
}

TEST_CASE("the index of a node that is gone owns nothing, and the others keep theirs")
{
    const auto a = node("eu", "r1", {0});
    const auto c = node("eu", "r2", {20});
    const auto layout = lay_out(Nodes{&a, nullptr, &c});
    CHECK(layout.ring->size() == 2);
    CHECK(layout.ring->owners() == 2);
    CHECK((*layout.ring)[1].owner == NodeIndex{2});
    CHECK(layout.topology->size() == 3);
}

TEST_CASE("what did not change is the same object")
{
    const auto a = node("eu", "r1", {0});
    const auto moved = node("eu", "r1", {5});
    const auto elsewhere = node("eu", "r2", {0});
    const auto before = lay_out(Nodes{&a});

    const auto same = lay_out(Nodes{&a}, before);
    CHECK(same.ring == before.ring);
    CHECK(same.topology == before.topology);
    const auto other_ring = lay_out(Nodes{&moved}, before);
    CHECK(other_ring.ring != before.ring);
    CHECK(other_ring.topology == before.topology);
    const auto other_topology = lay_out(Nodes{&elsewhere}, before);
    CHECK(other_topology.ring == before.ring);
    CHECK(other_topology.topology != before.topology);
}

TEST_CASE("no nodes are an empty ring")
{
    const auto layout = lay_out({});
    CHECK(layout.ring->empty());
    CHECK(layout.topology->size() == 0);
}
