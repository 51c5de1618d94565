#include "cluster.hpp"

#include <doctest/doctest.h>
#include <lib/metadata/replica_map.hpp>
#include <lib/metadata/simple_strategy.hpp>

using namespace coodie;
using namespace coodie::metadata;

TEST_CASE("SimpleStrategy takes the first different nodes along the ring")
{
    const auto cluster = rust_cluster();
    struct Example
    {
        std::int64_t token;
        std::size_t factor;
        const char* replicas;
    };
    const Example examples[] = {
        {200, 1, "F"},
        {200, 7, "F A C D G B E"},
        {701, 3, "E G B"},
        {701, 7, "E G B A F C D"},
        {701, 0, ""},
        {901, 2, "A B"},
        {900, 2, "B A"},
        {200, 8, "F A C D G B E"},
        {200, 1'000'000, "F A C D G B E"},
    };
    for (const auto& example : examples) {
        CAPTURE(example.token);
        CAPTURE(example.factor);
        const auto replicas = SimpleStrategy{example.factor}.replicas(cluster.ring, cluster.place_of(example.token));
        CHECK(cluster.names_of(replicas) == example.replicas);
    }
}

TEST_CASE("an empty ring has no replicas")
{
    const routing::Ring ring;
    CHECK(SimpleStrategy{3}.replicas(ring, ring.place_of(Token{0})).empty());
    const ReplicaMap map{ring, [&](std::size_t place) { return SimpleStrategy{3}.replicas(ring, place); }};
    CHECK(map.replicas(Token{0}).empty());
}

TEST_CASE("a map of replicas gives for every token what the strategy gives")
{
    const auto cluster = rust_cluster();
    const SimpleStrategy strategy{3};
    const ReplicaMap map{cluster.ring, [&](std::size_t place) { return strategy.replicas(cluster.ring, place); }};
    for (std::int64_t token = 0; token < 1000; token += 10) {
        CAPTURE(token);
        CHECK(cluster.names_of(map.replicas(Token{token})) ==
              cluster.names_of(strategy.replicas(cluster.ring, cluster.place_of(token))));
    }
}
