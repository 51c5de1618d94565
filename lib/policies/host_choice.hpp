#pragma once

#include <coodie/load_balancing.hpp>

namespace coodie::policies {

/// Tiers from `first` up to, not including, `last`.
struct TierRange
{
    std::size_t first = 0;
    std::size_t last = 0;

    bool contains(std::size_t tier) const noexcept { return tier >= first && tier < last; }
};

/// Finds one host that a plan has not named yet.
class HostChoice
{
public:
    HostChoice(Plan& plan, const PlanRequest& request, const ClusterView& cluster)
        : plan_{plan}, request_{request}, cluster_{cluster}, hosts_{cluster.hosts()}, tiers_{cluster.tiers()}
    {
    }

    struct How
    {
        bool shuffle = true;
        bool two_choices = true;
    };
    /// Of the replicas that are up, one of the best tier.
    std::optional<HostIndex> replica(TierRange range, How how) const;
    /// Of the hosts that are up, tier by tier, in turn.
    std::optional<HostIndex> host(TierRange range, bool two_choices) const;
    /// Of all hosts, up or not.
    std::optional<HostIndex> any(TierRange range) const;

private:
    class Pair;

    bool untried(HostIndex host) const noexcept;
    bool is_up(HostIndex host) const noexcept { return hosts_[static_cast<std::size_t>(host)]->is_up(); }
    template <class Usable> std::size_t find(std::span<const HostIndex> hosts, std::size_t from, Usable usable) const;
    HostIndex less_busy(HostIndex first, HostIndex second) const noexcept;

    Plan& plan_;
    const PlanRequest& request_;
    const ClusterView& cluster_;
    std::span<const std::shared_ptr<const Host>> hosts_;
    const HostTiers& tiers_;
};

}
