#include "extremes.hpp"

#include <doctest/doctest.h>
#include <lib/routing/shard.hpp>

using namespace coodie;
using namespace coodie::routing;

TEST_CASE("tokens are dealt to shards as Scylla deals them")
{
    struct Example
    {
        std::int64_t token;
        Sharding sharding;
        std::uint16_t shard;
    };
    // The first eight are from gocql's tests.
    const Example examples[] = {
        {-9219783007514621794, {4, 12}, 3},
        {-9217148724365525195, {4, 12}, 1},
        {-9215501124608928187, {4, 12}, 2},
        {-9209452951616763088, {4, 12}, 0},
        {-5233917887925356, {4, 12}, 3},
        {1514318061541755182, {4, 12}, 0},
        {9209692744597551944, {4, 12}, 3},
        {9222582454147032830, {4, 12}, 3},
        {lowest, {4, 12}, 0},
        {highest, {4, 12}, 3},
        {lowest, {1, 0}, 0},
        {highest, {1, 63}, 0},
        {highest, {65'535, 0}, 65'534},
        {-1, {2, 0}, 0},
        {0, {2, 0}, 1},
        {1, {2, 63}, 1},
        {2, {2, 63}, 0},
    };
    for (const auto& example : examples) {
        CAPTURE(example.token);
        CHECK(shard_of(Token{example.token}, example.sharding) == example.shard);
    }
}
