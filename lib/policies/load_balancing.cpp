#include <lib/policies/host_choice.hpp>

namespace coodie {

LoadBalancingPolicy::~LoadBalancingPolicy() = default;

std::vector<HostRank> LoadBalancingPolicy::rank(const ClusterMembers& members) const
{
    return members.ranked([](const Host&) { return HostRank{}; });
}

Error LoadBalancingPolicy::check(const ClusterMembers&) const
{
    return {};
}

std::optional<HostIndex> RoundRobinPolicy::next(Plan& plan, const PlanRequest& request,
                                                const ClusterView& cluster) const
{
    const policies::HostChoice choice{plan, request, cluster};
    const policies::TierRange all{0, cluster.tiers().count()};
    auto host = choice.host(all, false);
    if (!host)
        host = choice.any(all);
    if (host)
        plan.tried.insert(*host);
    return host;
}

}
