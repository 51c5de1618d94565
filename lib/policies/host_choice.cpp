#include <lib/policies/host_choice.hpp>

namespace coodie::policies {

/// Two of the candidates that are shown to it: the first two, or any two with equal chances.
class HostChoice::Pair
{
public:
    void clear() noexcept { seen_ = 0; }
    void add_in_order(HostIndex host) noexcept
    {
        if (seen_ < 2)
            two_[seen_] = host;
        ++seen_;
    }
    void add_shuffled(HostIndex host, Plan& plan) noexcept
    {
        const auto place = seen_ < 2 ? seen_ : plan.random.below(seen_ + 1);
        if (place < 2)
            two_[place] = host;
        ++seen_;
    }
    /// Where each of two has its fixed place, only this makes either the first one.
    void toss(Plan& plan) noexcept
    {
        if (seen_ > 1 && plan.random.below(2) == 0)
            std::swap(two_[0], two_[1]);
    }

    bool empty() const noexcept { return seen_ == 0; }
    bool has_two() const noexcept { return seen_ > 1; }
    HostIndex first() const noexcept { return two_[0]; }
    HostIndex second() const noexcept { return two_[1]; }

private:
    std::uint32_t seen_ = 0;
    HostIndex two_[2] = {};
};

bool HostChoice::untried(HostIndex host) const noexcept
{
    const auto place = static_cast<std::size_t>(host);
    return place < hosts_.size() && hosts_[place] && !plan_.tried.contains(host);
}

HostIndex HostChoice::less_busy(HostIndex first, HostIndex second) const noexcept
{
    return cluster_.in_flight(second, request_) < cluster_.in_flight(first, request_) ? second : first;
}

std::optional<HostIndex> HostChoice::replica(TierRange range, How how) const
{
    Pair pair;
    auto best = range.last;
    for (const auto host : cluster_.replicas(request_)) {
        const auto tier = std::size_t{tiers_.tier_of(host)};
        if (!range.contains(tier) || tier > best || !untried(host) || !is_up(host))
            continue;
        if (tier < best)
            pair.clear();
        best = tier;
        if (how.shuffle)
            pair.add_shuffled(host, plan_);
        else
            pair.add_in_order(host);
    }
    if (pair.empty())
        return {};
    if (how.shuffle)
        pair.toss(plan_);
    return how.two_choices && pair.has_two() ? less_busy(pair.first(), pair.second()) : pair.first();
}

/// The place of the first usable host at `from` or behind it, around the end; hosts.size() when there is none.
template <class Usable>
std::size_t HostChoice::find(std::span<const HostIndex> hosts, std::size_t from, Usable usable) const
{
    for (std::size_t i = 0; i != hosts.size(); ++i) {
        const auto place = from + i < hosts.size() ? from + i : from + i - hosts.size();
        if (usable(hosts[place]))
            return place;
    }
    return hosts.size();
}

std::optional<HostIndex> HostChoice::host(TierRange range, bool two_choices) const
{
    const auto usable = [&](HostIndex host) { return untried(host) && is_up(host); };
    for (auto tier = range.first; tier < range.last; ++tier) {
        const auto hosts = tiers_[tier];
        const auto first = find(hosts, plan_.ticket % hosts.size(), usable);
        if (first == hosts.size())
            continue;
        if (!two_choices)
            return hosts[first];
        const auto other = [&](HostIndex host) { return host != hosts[first] && usable(host); };
        const auto second = find(hosts, first + 1 == hosts.size() ? 0 : first + 1, other);
        return second == hosts.size() ? hosts[first] : less_busy(hosts[first], hosts[second]);
    }
    return {};
}

std::optional<HostIndex> HostChoice::any(TierRange range) const
{
    for (auto tier = range.first; tier < range.last; ++tier) {
        const auto hosts = tiers_[tier];
        const auto place = find(hosts, plan_.ticket % hosts.size(), [&](HostIndex host) { return untried(host); });
        if (place != hosts.size())
            return hosts[place];
    }
    return {};
}

}
