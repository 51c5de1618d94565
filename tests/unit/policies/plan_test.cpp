#include "../../vectors/allocations.hpp"
#include "small_cluster.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <set>

using namespace coodie;

namespace {

SmallCluster random_cluster(RandomNumbers& random, std::uint32_t most_hosts)
{
    SmallCluster cluster;
    const auto hosts = 1 + random.below(most_hosts);
    for (std::uint32_t i = 0; i != hosts; ++i)
        cluster.add("dc" + std::to_string(1 + random.below(3)), "r" + std::to_string(1 + random.below(2)));
    return cluster;
}

HostIndex any_host(RandomNumbers& random, const SmallCluster& cluster)
{
    return HostIndex{random.below(static_cast<std::uint32_t>(cluster.hosts().size()))};
}

/// What happens to a cluster while a request is on its way.
void disturb(RandomNumbers& random, SmallCluster& cluster)
{
    const auto host = any_host(random, cluster);
    if (cluster.hosts()[static_cast<std::size_t>(host)])
        cluster.set_up(host, random.below(2) == 0);
    cluster.set_in_flight(host, random.below(10));
    std::vector<HostIndex> replicas;
    for (auto count = random.below(7); count != 0; --count)
        replicas.push_back(any_host(random, cluster));
    cluster.set_replicas(replicas);
}

std::set<HostIndex> usable_hosts(const SmallCluster& cluster)
{
    std::set<HostIndex> usable;
    for (const auto host : cluster.tiers().hosts())
        if (cluster.hosts()[static_cast<std::size_t>(host)])
            usable.insert(host);
    return usable;
}

}

TEST_CASE("sc-44: a plan names every host once, whatever happens to the cluster meanwhile")
{
    const RoundRobinPolicy round_robin;
    for (std::uint64_t seed = 0; seed != 400; ++seed) {
        CAPTURE(seed);
        RandomNumbers random{seed};
        auto cluster = random_cluster(random, seed % 10 == 0 ? 600 : 20);
        const DefaultLoadBalancingPolicy usual{{.local_rack = random.below(2) == 0 ? "r1" : "",
                                                .hosts_per_remote_datacenter = random.below(4),
                                                .shuffle_replicas = random.below(2) == 0,
                                                .power_of_two_choices = random.below(2) == 0}};
        const LoadBalancingPolicy& policy =
            seed % 3 == 0 ? static_cast<const LoadBalancingPolicy&>(round_robin) : usual;
        cluster.ranked_by(policy);
        if (random.below(4) == 0)
            cluster.remove(any_host(random, cluster));
        auto request = for_a_row();
        request.consistency = Consistency::quorum;
        request.is_lwt = random.below(4) == 0;
        Plan plan{random()};
        std::set<HostIndex> named;
        while (const auto host = policy.next(plan, request, cluster)) {
            REQUIRE(named.insert(*host).second);
            disturb(random, cluster);
        }
        CHECK(named == usable_hosts(cluster));
        CHECK_FALSE(policy.next(plan, request, cluster));
    }
}

TEST_CASE("a plan over 256 hosts allocates nothing")
{
    SmallCluster cluster;
    for (int i = 0; i != 256; ++i)
        cluster.add(i % 2 == 0 ? "dc1" : "dc2", i % 3 == 0 ? "r1" : "r2");
    cluster.set_replicas({HostIndex{255}, HostIndex{0}, HostIndex{100}});
    for (const auto down : {0U, 7U, 200U})
        cluster.set_up(HostIndex{down}, false);
    const DefaultLoadBalancingPolicy usual{{.local_rack = "r1", .hosts_per_remote_datacenter = 200}};
    const RoundRobinPolicy round_robin;
    for (const LoadBalancingPolicy* policy : std::initializer_list<const LoadBalancingPolicy*>{&usual, &round_robin}) {
        cluster.ranked_by(*policy);
        auto request = for_a_row();
        request.consistency = Consistency::quorum;
        const vectors::AllocationMeter meter;
        Plan plan{5};
        std::size_t hosts = 0;
        while (policy->next(plan, request, cluster))
            ++hosts;
        CHECK(meter.bytes() == 0);
        CHECK(hosts == 256);
    }
}

TEST_CASE("a session that has met more than 256 hosts allocates only for what was tried behind them")
{
    HostSet tried;
    const vectors::AllocationMeter meter;
    for (std::uint32_t i = 0; i != HostSet::inline_hosts; ++i)
        tried.insert(HostIndex{i});
    CHECK(meter.bytes() == 0);
    CHECK_FALSE(tried.contains(HostIndex{256}));
    tried.insert(HostIndex{1'000});
    CHECK(meter.bytes() != 0);
    CHECK(tried.contains(HostIndex{1'000}));
    CHECK_FALSE(tried.contains(HostIndex{999}));
    CHECK_FALSE(tried.contains(HostIndex{1'000'000}));
    tried.clear();
    CHECK_FALSE(tried.contains(HostIndex{0}));
    CHECK_FALSE(tried.contains(HostIndex{1'000}));
}

TEST_CASE("no host, no plan")
{
    SmallCluster cluster;
    const DefaultLoadBalancingPolicy usual;
    const RoundRobinPolicy round_robin;
    CHECK(whole_plan(usual, cluster, for_a_row()).empty());
    CHECK(whole_plan(round_robin, cluster, for_a_row()).empty());
    cluster.set_replicas({HostIndex{3}});
    CHECK(whole_plan(usual, cluster, for_a_row()).empty());
}
