#include <algorithm>
#include <bit>
#include <cstring>
#include <lib/policies/host_filter.hpp>
#include <map>

namespace coodie {

namespace {

using policies::is_allowed;

std::uint64_t number_of(const Uuid& id) noexcept
{
    return std::hash<Uuid>{}(id);
}

/// Names the hosts to keep of each remote datacenter: those that `seed` likes best. When hosts come or go, only they
/// change.
class RemoteHosts
{
public:
    RemoteHosts(std::size_t per_datacenter, std::uint64_t seed) : per_datacenter_{per_datacenter}, seed_{seed} {}

    void add(const Host& host) { by_datacenter_[host.datacenter()].push_back({liking(host), host.index()}); }
    bool keeps(const Host& host) const
    {
        const auto& candidates = by_datacenter_.at(host.datacenter());
        const Candidate self{liking(host), host.index()};
        const auto better = std::ranges::count_if(candidates, [&](const Candidate& other) { return other < self; });
        return static_cast<std::size_t>(better) < per_datacenter_;
    }

private:
    using Candidate = std::pair<std::uint64_t, HostIndex>;

    std::uint64_t liking(const Host& host) const noexcept { return RandomNumbers{seed_ ^ number_of(host.host_id())}(); }

    std::size_t per_datacenter_;
    std::uint64_t seed_;
    std::map<std::string, std::vector<Candidate>, std::less<>> by_datacenter_;
};

std::uint8_t preference_of(const std::vector<std::string>& preferred, const std::string& datacenter)
{
    const auto place = std::ranges::find(preferred, datacenter) - preferred.begin();
    return static_cast<std::uint8_t>(std::min<std::ptrdiff_t>(place, 255));
}

}

DefaultLoadBalancingPolicy::DefaultLoadBalancingPolicy(LoadBalancingOptions options)
    : options_{std::move(options)}, seed_{number_of(Uuid::random())}
{
}

std::vector<HostRank> DefaultLoadBalancingPolicy::rank(const ClusterMembers& members) const
{
    const auto local = policies::local_datacenter(options_, members);
    RemoteHosts remote{options_.hosts_per_remote_datacenter, seed_};
    for (const auto& host : members.hosts)
        if (host && host->datacenter() != local && is_allowed(options_, *host))
            remote.add(*host);

    return members.ranked([&](const Host& host) -> HostRank {
        if (!is_allowed(options_, host))
            return {HostDistance::ignored};
        if (host.datacenter() == local)
            return {HostDistance::local, options_.local_rack.empty() || host.rack() == options_.local_rack
                                             ? std::uint8_t{0}
                                             : std::uint8_t{1}};
        if (!remote.keeps(host))
            return {HostDistance::ignored};
        return {HostDistance::remote, preference_of(options_.preferred_remote_datacenters, host.datacenter())};
    });
}

}
