#include "chi_squared.hpp"
#include "small_cluster.hpp"

#include <algorithm>
#include <doctest/doctest.h>

using namespace coodie;

namespace {

const auto all_in_order = LoadBalancingOptions{.shuffle_replicas = false, .power_of_two_choices = false};

/// Hosts 0 to 7, with the replicas 7 5 3 1 and 6 down:
///     dc1: 0 and 1 in r1, 2 and 3 in r2;  dc2: 4 and 5;  dc3: 6 and 7
SmallCluster three_datacenters()
{
    SmallCluster cluster;
    for (const auto* rack : {"r1", "r1", "r2", "r2"})
        cluster.add("dc1", rack);
    for (const auto* datacenter : {"dc2", "dc2", "dc3", "dc3"})
        cluster.add(datacenter, "r1");
    cluster.set_replicas({HostIndex{7}, HostIndex{5}, HostIndex{3}, HostIndex{1}});
    cluster.set_up(HostIndex{6}, false);
    return cluster;
}

LoadBalancingOptions leaving(LoadBalancingOptions options)
{
    options.shuffle_replicas = false;
    options.power_of_two_choices = false;
    options.hosts_per_remote_datacenter = 2;
    return options;
}

/// How often each host came first in `requests` plans.
std::vector<unsigned> first_places(const LoadBalancingPolicy& policy, const SmallCluster& cluster,
                                   const PlanRequest& request, unsigned requests)
{
    std::vector<unsigned> counts(cluster.hosts().size());
    for (unsigned i = 0; i != requests; ++i) {
        Plan plan{1'000 + i};
        ++counts[static_cast<std::size_t>(policy.next(plan, request, cluster).value())];
    }
    return counts;
}

}

TEST_CASE("cpp-66: replicas come first, then the other hosts of the datacenter in turn")
{
    SmallCluster cluster;
    for (int i = 0; i != 6; ++i)
        cluster.add();
    cluster.set_replicas({HostIndex{4}, HostIndex{1}});
    const DefaultLoadBalancingPolicy policy{all_in_order};
    cluster.ranked_by(policy);
    CHECK(text_of(whole_plan(policy, cluster, for_a_row())) == "4 1 0 2 3 5");
    CHECK(text_of(whole_plan(policy, cluster, for_a_row(), 3)) == "4 1 3 5 0 2");
    CHECK(text_of(whole_plan(policy, cluster, {}, 5)) == "5 0 1 2 3 4");
}

TEST_CASE("cpp-65, sc-42: hosts come by rack, datacenter and distance, and requests leave only where they may")
{
    struct Example
    {
        const char* name;
        LoadBalancingOptions options;
        Consistency consistency;
        std::string plan;
    };
    const auto quorum = Consistency::quorum;
    const auto local = Consistency::local_quorum;
    const Example examples[] = {
        {"never leaves unless told", all_in_order, quorum, "3 1 0 2"},
        {"local first, then remote, then down", leaving({}), quorum, "3 1 0 2 7 5 4 6"},
        {"the local rack", leaving({.local_rack = "r1"}), quorum, "1 3 0 2 7 5 4 6"},
        {"the other rack", leaving({.local_rack = "r2"}), quorum, "3 1 2 0 7 5 4 6"},
        {"a preferred datacenter", leaving({.preferred_remote_datacenters = {"dc2"}}), quorum, "3 1 0 2 5 7 4 6"},
        {"two of them", leaving({.preferred_remote_datacenters = {"dc3", "dc2"}}), quorum, "3 1 0 2 7 5 4 6"},
        {"LOCAL_ stays", leaving({}), local, "3 1 0 2"},
        {"LOCAL_ONE stays", leaving({}), Consistency::local_one, "3 1 0 2"},
        {"LOCAL_SERIAL stays", leaving({}), Consistency::local_serial, "3 1 0 2"},
        {"LOCAL_ may leave", leaving({.remote_for_local_consistency = true}), local, "3 1 0 2 7 5 4 6"},
        {"another local datacenter", leaving({.local_datacenter = "dc3"}), quorum, "7 5 3 1 4 0 6"},
        {"that is alone", {.local_datacenter = "dc3", .shuffle_replicas = false}, quorum, "7 6"},
        {"without tokens", leaving({.token_aware = false}), quorum, "0 1 2 3 4 5 7 6"},
    };
    for (const auto& example : examples) {
        CAPTURE(example.name);
        auto cluster = three_datacenters();
        const DefaultLoadBalancingPolicy policy{example.options};
        cluster.ranked_by(policy);
        auto request = for_a_row();
        request.consistency = example.consistency;
        // Which two of the four hosts of dc1 are taken as remote ones is chance.
        if (example.options.local_datacenter == "dc3" && example.options.hosts_per_remote_datacenter != 0)
            CHECK(whole_plan(policy, cluster, request).size() == 6);
        else
            CHECK(text_of(whole_plan(policy, cluster, request)) == example.plan);
    }
}

TEST_CASE("sc-42: with the local datacenter down, remote hosts come before it, where they may")
{
    auto cluster = three_datacenters();
    for (const auto host : {0U, 1U, 2U, 3U})
        cluster.set_up(HostIndex{host}, false);
    const DefaultLoadBalancingPolicy policy{leaving({})};
    cluster.ranked_by(policy);
    auto request = for_a_row();
    request.consistency = Consistency::quorum;
    CHECK(text_of(whole_plan(policy, cluster, request)) == "7 5 4 0 1 2 3 6");
    request.consistency = Consistency::local_quorum;
    CHECK(text_of(whole_plan(policy, cluster, request)) == "0 1 2 3");
}

TEST_CASE("sc-40: lightweight transactions go to replicas in the server's order, however busy they are")
{
    auto cluster = three_datacenters();
    const DefaultLoadBalancingPolicy policy{{.hosts_per_remote_datacenter = 2}};
    cluster.ranked_by(policy);
    cluster.set_replicas({HostIndex{2}, HostIndex{7}, HostIndex{0}, HostIndex{5}, HostIndex{3}});
    cluster.set_in_flight(HostIndex{2}, 100);
    auto request = for_a_row();
    request.is_lwt = true;
    request.consistency = Consistency::quorum;
    for (std::uint64_t ticket = 0; ticket != 50; ++ticket) {
        const auto plan = text_of(whole_plan(policy, cluster, request, ticket));
        CHECK(plan.starts_with("2 0 3 1 7 5 "));
    }
    cluster.set_up(HostIndex{2}, false);
    CHECK(text_of(whole_plan(policy, cluster, request)).starts_with("0 3 1 7 5 "));
    request.serial_consistency = Consistency::local_serial;
    CHECK(text_of(whole_plan(policy, cluster, request)) == "0 3 1 2");
}

TEST_CASE("sc-40: every replica of the best tier comes first equally often")
{
    struct Example
    {
        const char* name;
        std::vector<HostIndex> replicas;
        std::vector<HostIndex> down;
        std::vector<HostIndex> first;
    };
    const auto host = [](std::uint32_t index) { return HostIndex{index}; };
    const Example examples[] = {
        {"two", {host(1), host(4)}, {}, {host(1), host(4)}},
        {"three", {host(0), host(1), host(2)}, {}, {host(0), host(1), host(2)}},
        {"three in another order", {host(5), host(0), host(3)}, {}, {host(0), host(3), host(5)}},
        {"one is down", {host(0), host(1), host(2), host(3)}, {host(1)}, {host(0), host(2), host(3)}},
        {"five, one of them remote",
         {host(6), host(1), host(2), host(3), host(4)},
         {},
         {host(1), host(2), host(3), host(4)}},
        {"none is up: the others in turn", {host(0)}, {host(0)}, {}},
    };
    for (const bool two_choices : {false, true})
        for (const auto& example : examples) {
            CAPTURE(example.name);
            SmallCluster cluster;
            for (int i = 0; i != 6; ++i)
                cluster.add();
            cluster.add("dc2");
            const DefaultLoadBalancingPolicy policy{
                {.hosts_per_remote_datacenter = 1, .power_of_two_choices = two_choices}};
            cluster.ranked_by(policy);
            cluster.set_replicas(example.replicas);
            for (const auto down : example.down)
                cluster.set_up(down, false);
            const auto counts = first_places(policy, cluster, for_a_row(), 12'000);
            std::vector<unsigned> wanted;
            for (const auto first : example.first)
                wanted.push_back(counts[static_cast<std::size_t>(first)]);
            if (wanted.empty()) {
                CHECK(counts[0] == 0);
                continue;
            }
            CHECK(chi_squared(wanted) < chi_squared_limit(wanted.size()));
            unsigned sum = 0;
            for (const auto count : wanted)
                sum += count;
            CHECK(sum == 12'000);
        }
}

TEST_CASE("replicas after the first one are shuffled as well")
{
    SmallCluster cluster;
    for (int i = 0; i != 3; ++i)
        cluster.add();
    cluster.set_replicas({HostIndex{0}, HostIndex{1}, HostIndex{2}});
    const DefaultLoadBalancingPolicy policy;
    cluster.ranked_by(policy);
    std::map<std::string, unsigned> orders;
    for (std::uint64_t ticket = 0; ticket != 6'000; ++ticket)
        ++orders[text_of(whole_plan(policy, cluster, for_a_row(), ticket))];
    std::vector<unsigned> counts;
    for (const auto& [order, count] : orders)
        counts.push_back(count);
    REQUIRE(counts.size() == 6);
    CHECK(chi_squared(counts) < chi_squared_limit(6));
}

TEST_CASE("of two random replicas the less busy one comes first")
{
    SmallCluster cluster;
    for (int i = 0; i != 3; ++i)
        cluster.add();
    cluster.set_replicas({HostIndex{0}, HostIndex{1}, HostIndex{2}});
    cluster.set_in_flight(HostIndex{0}, 9);
    cluster.set_in_flight(HostIndex{1}, 5);
    const DefaultLoadBalancingPolicy policy;
    cluster.ranked_by(policy);
    const auto counts = first_places(policy, cluster, for_a_row(), 9'000);
    CHECK(counts[0] == 0);
    // Of the three pairs one lacks host 2.
    CHECK(counts[1] > 2'800);
    CHECK(counts[1] < 3'200);
    CHECK(counts[1] + counts[2] == 9'000);

    const DefaultLoadBalancingPolicy blind{{.power_of_two_choices = false}};
    CHECK(chi_squared(first_places(blind, cluster, for_a_row(), 9'000)) < chi_squared_limit(3));
}

TEST_CASE("a busy replica of the best tier still comes before an idle one of the next")
{
    auto cluster = three_datacenters();
    cluster.set_in_flight(HostIndex{1}, 1'000);
    const DefaultLoadBalancingPolicy policy{{.local_rack = "r1"}};
    cluster.ranked_by(policy);
    CHECK(text_of(whole_plan(policy, cluster, for_a_row())).starts_with("1 3"));
}

TEST_CASE("cpp-64: without a token the hosts of the datacenter take turns, exactly")
{
    auto cluster = three_datacenters();
    const DefaultLoadBalancingPolicy policy;
    cluster.ranked_by(policy);
    CHECK(first_places(policy, cluster, {}, 400) == std::vector<unsigned>{100, 100, 100, 100, 0, 0, 0, 0});
    cluster.set_in_flight(HostIndex{1}, 3);
    CHECK(first_places(policy, cluster, {}, 400) == std::vector<unsigned>{100, 0, 200, 100, 0, 0, 0, 0});
}
