#include "small_cluster.hpp"

#include <doctest/doctest.h>

using namespace coodie;

TEST_CASE("cpp-66: replicas come first, then the other hosts of the datacenter")
{
    SmallCluster cluster;
    for (int i = 0; i != 6; ++i)
        cluster.add();
    cluster.set_replicas({HostIndex{4}, HostIndex{1}});
    const DefaultLoadBalancingPolicy policy{{.shuffle_replicas = false}};
    cluster.ranked_by(policy);
    CHECK(text_of(whole_plan(policy, cluster, for_a_row())) == "4 1 0 2 3 5");
    CHECK(text_of(whole_plan(policy, cluster, for_a_row(), 3)) == "4 1 3 5 0 2");
    CHECK(text_of(whole_plan(policy, cluster, {}, 5)) == "5 0 1 2 3 4");
}
