#include "small_cluster.hpp"

#include <doctest/doctest.h>

using namespace coodie;

TEST_CASE("cpp-64: round robin starts with the next host each time, whatever its datacenter, down ones last")
{
    SmallCluster cluster;
    for (const auto* datacenter : {"dc1", "dc2", "dc1", "dc3"})
        cluster.add(datacenter);
    const RoundRobinPolicy policy;
    cluster.ranked_by(policy);
    CHECK(text_of(whole_plan(policy, cluster, for_a_row(), 0)) == "0 1 2 3");
    CHECK(text_of(whole_plan(policy, cluster, for_a_row(), 1)) == "1 2 3 0");
    CHECK(text_of(whole_plan(policy, cluster, {}, 7)) == "3 0 1 2");
    cluster.set_up(HostIndex{1}, false);
    CHECK(text_of(whole_plan(policy, cluster, {}, 1)) == "2 3 0 1");
}

TEST_CASE("a removed host leaves no gap that its neighbour would have to fill")
{
    SmallCluster cluster;
    for (int i = 0; i != 4; ++i)
        cluster.add();
    cluster.remove(HostIndex{1});
    const RoundRobinPolicy policy;
    cluster.ranked_by(policy);
    std::vector<unsigned> first(4);
    for (std::uint64_t ticket = 0; ticket != 300; ++ticket) {
        Plan plan{ticket};
        ++first[static_cast<std::size_t>(policy.next(plan, {}, cluster).value())];
    }
    CHECK(first == std::vector<unsigned>{100, 0, 100, 100});
}
