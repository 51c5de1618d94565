#include <lib/policies/host_choice.hpp>
#include <lib/policies/host_filter.hpp>

namespace coodie {

namespace {

using policies::HostChoice;
using policies::TierRange;

bool is_local(Consistency consistency) noexcept
{
    return consistency == Consistency::local_one || consistency == Consistency::local_quorum ||
           consistency == Consistency::local_serial;
}

/// Elsewhere such a request would read and write other replicas than it says; a transaction would not even meet those
/// that it competes with.
bool must_stay(const PlanRequest& request) noexcept
{
    return is_local(request.consistency) || (request.is_lwt && is_local(request.serial_consistency));
}

std::optional<HostIndex> choose(const LoadBalancingOptions& options, Plan& plan, const PlanRequest& request,
                                const ClusterView& cluster)
{
    const HostChoice choice{plan, request, cluster};
    const auto& tiers = cluster.tiers();
    const HostChoice::How how{.shuffle = options.shuffle_replicas && !request.is_lwt,
                              .two_choices = options.power_of_two_choices && !request.is_lwt};
    const bool by_token = options.token_aware && request.token;
    const auto up = [&](TierRange range) {
        auto host = by_token ? choice.replica(range, how) : std::nullopt;
        return host ? host : choice.host(range, options.power_of_two_choices);
    };

    const TierRange local{0, tiers.local_count()};
    if (auto host = up(local))
        return host;
    const bool stays = !options.remote_for_local_consistency && must_stay(request);
    const TierRange remote{local.last, stays ? local.last : tiers.count()};
    if (auto host = up(remote))
        return host;
    return choice.any({0, remote.last});
}

}

std::optional<HostIndex> DefaultLoadBalancingPolicy::next(Plan& plan, const PlanRequest& request,
                                                          const ClusterView& cluster) const
{
    const auto host = choose(options_, plan, request, cluster);
    if (host)
        plan.tried.insert(*host);
    return host;
}

}
