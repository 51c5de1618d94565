// Policies as users write them: this file shows how.
#include "small_cluster.hpp"

#include <doctest/doctest.h>

using namespace coodie;

namespace {

/// Another policy's choice, but hosts of one rack come after all others: say, while that rack is being moved.
class RackLast final : public LoadBalancingPolicy
{
public:
    RackLast(std::shared_ptr<const LoadBalancingPolicy> inner, std::string rack)
        : inner_{std::move(inner)}, rack_{std::move(rack)}
    {
    }
    std::optional<HostIndex> next(Plan& plan, const PlanRequest& request, const ClusterView& cluster) const override
    {
        return inner_->next(plan, request, cluster);
    }
    std::vector<HostRank> rank(const ClusterMembers& members) const override
    {
        auto ranks = inner_->rank(members);
        for (std::size_t i = 0; i != ranks.size(); ++i)
            if (members.hosts[i] && members.hosts[i]->rack() == rack_)
                ranks[i].preference = 255;
        return ranks;
    }
    Error check(const ClusterMembers& members) const override { return inner_->check(members); }

private:
    std::shared_ptr<const LoadBalancingPolicy> inner_;
    std::string rack_;
};

/// At most so many hosts of another policy's plan: for requests that are not worth the whole cluster's time.
class FewHosts final : public LoadBalancingPolicy
{
public:
    FewHosts(std::shared_ptr<const LoadBalancingPolicy> inner, unsigned most) : inner_{std::move(inner)}, most_{most} {}
    std::optional<HostIndex> next(Plan& plan, const PlanRequest& request, const ClusterView& cluster) const override
    {
        return plan.scratch++ < most_ ? inner_->next(plan, request, cluster) : std::nullopt;
    }
    std::vector<HostRank> rank(const ClusterMembers& members) const override { return inner_->rank(members); }

private:
    std::shared_ptr<const LoadBalancingPolicy> inner_;
    unsigned most_;
};

/// From scratch: only hosts of one release, the one with the fewest requests in flight first.
class OneRelease final : public LoadBalancingPolicy
{
public:
    explicit OneRelease(std::string release) : release_{std::move(release)} {}
    std::vector<HostRank> rank(const ClusterMembers& members) const override
    {
        return members.ranked([&](const Host& host) {
            return HostRank{host.release_version() == release_ ? HostDistance::local : HostDistance::ignored};
        });
    }
    std::optional<HostIndex> next(Plan& plan, const PlanRequest& request, const ClusterView& cluster) const override
    {
        std::optional<HostIndex> best;
        for (const auto host : cluster.tiers().hosts()) {
            if (plan.tried.contains(host))
                continue;
            if (!best || cluster.in_flight(host, request) < cluster.in_flight(*best, request))
                best = host;
        }
        if (best)
            plan.tried.insert(*best);
        return best;
    }

private:
    std::string release_;
};

SmallCluster two_racks()
{
    SmallCluster cluster;
    for (const auto* rack : {"r1", "r2", "r1", "r2"})
        cluster.add("dc1", rack);
    cluster.set_replicas({HostIndex{0}, HostIndex{1}});
    return cluster;
}

}

TEST_CASE("a policy may change another one's ranks")
{
    const auto inner =
        std::make_shared<const DefaultLoadBalancingPolicy>(LoadBalancingOptions{.shuffle_replicas = false});
    const RackLast policy{inner, "r1"};
    auto cluster = two_racks();
    cluster.ranked_by(policy);
    CHECK(text_of(whole_plan(policy, cluster, for_a_row())) == "1 0 3 2");
    cluster.remove(HostIndex{0});
    cluster.ranked_by(policy);
    CHECK(text_of(whole_plan(policy, cluster, for_a_row())) == "1 3 2");
}

TEST_CASE("a policy may cut another one's plan short")
{
    const FewHosts policy{std::make_shared<const RoundRobinPolicy>(), 2};
    auto cluster = two_racks();
    cluster.ranked_by(policy);
    CHECK(text_of(whole_plan(policy, cluster, for_a_row(), 3)) == "3 0");
}

TEST_CASE("a policy may be made from scratch")
{
    SmallCluster cluster;
    for (const auto* release : {"4.1", "5.0", "5.0"})
        cluster.add_described({.address = "10.0.0.9:9042", .release_version = release});
    const OneRelease policy{"5.0"};
    cluster.ranked_by(policy);
    cluster.set_in_flight(HostIndex{1}, 4);
    CHECK(text_of(whole_plan(policy, cluster, for_a_row())) == "2 1");
}
