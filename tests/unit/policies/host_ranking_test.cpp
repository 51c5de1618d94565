#include "small_cluster.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <set>

using namespace coodie;

namespace {

/// 0 and 1 in dc1, 2 in dc2, 3 in dc3 with an address of IPv6.
SmallCluster four_hosts()
{
    SmallCluster cluster;
    cluster.add("dc1");
    cluster.add("dc1");
    cluster.add("dc2");
    cluster.add_described({.address = "[2001:db8::3]:9043", .datacenter = "dc3"});
    return cluster;
}

/// "l" local, "r" remote, "-" ignored, by host.
std::string distances(const std::vector<HostRank>& ranks)
{
    std::string text;
    for (const auto& rank : ranks)
        text += rank.distance == HostDistance::local ? 'l' : rank.distance == HostDistance::remote ? 'r' : '-';
    return text;
}

std::set<HostIndex> remote_hosts(const DefaultLoadBalancingPolicy& policy, const SmallCluster& cluster)
{
    std::set<HostIndex> remote;
    const auto ranks = policy.rank(cluster.members());
    for (std::size_t i = 0; i != ranks.size(); ++i)
        if (ranks[i].distance == HostDistance::remote)
            remote.insert(HostIndex{static_cast<std::uint32_t>(i)});
    return remote;
}

}

TEST_CASE("cpp-70: the allow and deny lists and the local datacenter decide who gets connections")
{
    struct Example
    {
        const char* name;
        LoadBalancingOptions options;
        std::string distances;
    };
    const Example examples[] = {
        {"the contact point's datacenter", {}, "ll--"},
        {"a datacenter by name", {.local_datacenter = "dc2"}, "--l-"},
        {"one that does not exist", {.local_datacenter = "dc9"}, "----"},
        {"remote ones as well", {.hosts_per_remote_datacenter = 1}, "llrr"},
        {"an allowed address", {.allowed_addresses = {"10.0.0.1"}}, "-l--"},
        {"with its port", {.allowed_addresses = {"10.0.0.1:9042"}}, "-l--"},
        {"with another port", {.allowed_addresses = {"10.0.0.1:9043"}}, "----"},
        {"only part of an address", {.allowed_addresses = {"10.0.0"}}, "----"},
        {"a denied address", {.denied_addresses = {"10.0.0.0"}}, "-l--"},
        {"allowed and denied",
         {.allowed_addresses = {"10.0.0.0", "10.0.0.1"}, .denied_addresses = {"10.0.0.0:9042"}},
         "-l--"},
        {"IPv6", {.hosts_per_remote_datacenter = 1, .denied_addresses = {"2001:db8::3"}}, "llr-"},
        {"IPv6 in brackets", {.hosts_per_remote_datacenter = 1, .denied_addresses = {"[2001:db8::3]"}}, "llr-"},
        {"IPv6 and port", {.hosts_per_remote_datacenter = 1, .denied_addresses = {"[2001:db8::3]:9043"}}, "llr-"},
        {"IPv6 and another port",
         {.hosts_per_remote_datacenter = 1, .denied_addresses = {"[2001:db8::3]:9042"}},
         "llrr"},
        {"allowed datacenters", {.hosts_per_remote_datacenter = 1, .allowed_datacenters = {"dc1", "dc3"}}, "ll-r"},
        {"denied datacenters", {.hosts_per_remote_datacenter = 1, .denied_datacenters = {"dc1", "dc3"}}, "--r-"},
        {"names are exact", {.denied_datacenters = {"DC1", "dc", ""}}, "ll--"},
    };
    const auto cluster = four_hosts();
    for (const auto& example : examples) {
        CAPTURE(example.name);
        const DefaultLoadBalancingPolicy policy{example.options};
        CHECK(distances(policy.rank(cluster.members())) == example.distances);
    }
}

TEST_CASE("of each remote datacenter no more hosts are taken than options say, and the same ones as hosts come and go")
{
    SmallCluster cluster;
    for (int i = 0; i != 40; ++i)
        cluster.add("dc" + std::to_string(1 + i % 4));
    const DefaultLoadBalancingPolicy policy{{.hosts_per_remote_datacenter = 3}};
    const auto before = remote_hosts(policy, cluster);
    CHECK(before.size() == 9);
    CHECK(remote_hosts(policy, cluster) == before);

    const auto gone = *before.begin();
    cluster.remove(gone);
    auto after = remote_hosts(policy, cluster);
    CHECK(after.size() == 9);
    std::vector<HostIndex> kept;
    std::ranges::set_intersection(before, after, std::back_inserter(kept));
    CHECK(kept.size() == 8);
    CHECK_FALSE(after.contains(gone));
}

TEST_CASE("not every client takes the same remote hosts")
{
    SmallCluster cluster;
    for (int i = 0; i != 20; ++i)
        cluster.add("dc2");
    std::set<HostIndex> taken;
    for (int client = 0; client != 50; ++client)
        taken.merge(remote_hosts(DefaultLoadBalancingPolicy{{.hosts_per_remote_datacenter = 1}}, cluster));
    CHECK(taken.size() > 5);
}

TEST_CASE("cpp-65: options that cannot work in the cluster are refused with what there is")
{
    struct Example
    {
        const char* name;
        LoadBalancingOptions options;
        std::string sentence; ///< empty: no error
    };
    const std::string there = "; the cluster has 'dc1', 'dc2', 'dc3'";
    const Example examples[] = {
        {"nothing set", {}, ""},
        {"what exists",
         {.local_datacenter = "dc3", .hosts_per_remote_datacenter = 1, .preferred_remote_datacenters = {"dc1"}},
         ""},
        {"a local datacenter nobody is in",
         {.local_datacenter = "dc9"},
         "load balancing: no host is in the datacenter 'dc9' of local_datacenter" + there},
        {"names in another case",
         {.local_datacenter = "DC1"},
         "load balancing: no host is in the datacenter 'DC1' of local_datacenter" + there},
        {"a preferred one nobody is in",
         {.hosts_per_remote_datacenter = 1, .preferred_remote_datacenters = {"dc2", "dc8"}},
         "load balancing: no host is in the datacenter 'dc8' of preferred_remote_datacenters" + there},
        {"preferred, but not allowed to leave",
         {.preferred_remote_datacenters = {"dc2"}},
         "load balancing: preferred_remote_datacenters has no use while hosts_per_remote_datacenter is 0; set it to "
         "how many hosts of each may be used"},
        {"LOCAL_ too, but not allowed to leave",
         {.remote_for_local_consistency = true},
         "load balancing: remote_for_local_consistency has no use while hosts_per_remote_datacenter is 0; set it to "
         "how many hosts of each datacenter may be used"},
        {"nobody left",
         {.denied_addresses = {"10.0.0.0", "10.0.0.1"}},
         "load balancing: the lists of allowed and denied hosts leave none in the local datacenter 'dc1'; allow one "
         "there, or let requests leave it by hosts_per_remote_datacenter"},
        {"nobody left here", {.hosts_per_remote_datacenter = 1, .denied_datacenters = {"dc1"}}, ""},
        {"nobody left anywhere",
         {.hosts_per_remote_datacenter = 1, .allowed_addresses = {"10.9.9.9"}},
         "load balancing: the lists of allowed and denied hosts leave none of the cluster; allow one of "
         "'10.0.0.0:9042', '10.0.0.1:9042', '10.0.0.2:9042', '[2001:db8::3]:9043'"},
    };
    const auto cluster = four_hosts();
    for (const auto& example : examples) {
        CAPTURE(example.name);
        const auto error = DefaultLoadBalancingPolicy{example.options}.check(cluster.members());
        REQUIRE(static_cast<bool>(error) == !example.sentence.empty());
        if (error) {
            CHECK(error.code() == errc::configuration);
            CHECK(error.message() == example.sentence);
        }
    }
    CHECK_FALSE(RoundRobinPolicy{}.check(cluster.members()));
}
