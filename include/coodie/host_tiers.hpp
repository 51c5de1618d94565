#pragma once

#include <coodie/host.hpp>
#include <span>
#include <vector>

namespace coodie {

/// What a policy thinks of a host.
struct HostRank
{
    HostDistance distance = HostDistance::local;
    std::uint8_t preference = 0; ///< among hosts of one distance: the smaller the sooner

    friend auto operator<=>(const HostRank&, const HostRank&) = default;
};

/// The hosts of the cluster as they are now.
struct ClusterMembers
{
    std::span<const std::shared_ptr<const Host>> hosts; ///< by HostIndex; null: removed
    std::string_view contact_datacenter = {};           ///< of the host that the session reached first

    /// What `rank` says of each host, by HostIndex; what was removed is ignored.
    template <class Rank> std::vector<HostRank> ranked(const Rank& rank) const
    {
        std::vector<HostRank> ranks(hosts.size(), HostRank{HostDistance::ignored});
        for (std::size_t i = 0; i != hosts.size(); ++i)
            if (hosts[i])
                ranks[i] = rank(*hosts[i]);
        return ranks;
    }
};

/// The hosts in the order of their ranks, made once for each change of the hosts and for each policy. Hosts of equal
/// rank are a tier; tier 0 comes first, and all local tiers come before the remote ones.
/// Threads: immutable.
class COODIE_API HostTiers
{
public:
    /// Of ignored hosts.
    static constexpr std::uint16_t none = 0xFFFF;

    HostTiers() = default;
    /// By HostIndex.
    explicit HostTiers(std::span<const HostRank> ranks);

    std::size_t count() const noexcept { return begin_.size() - 1; }
    std::size_t local_count() const noexcept { return local_; } ///< tiers of local hosts; the others are remote
    std::span<const HostIndex> operator[](std::size_t tier) const noexcept
    {
        return std::span{hosts_}.subspan(begin_[tier], begin_[tier + 1] - begin_[tier]);
    }
    std::span<const HostIndex> hosts() const noexcept { return hosts_; } ///< of all tiers, in order
    std::uint16_t tier_of(HostIndex host) const noexcept
    {
        const auto place = static_cast<std::size_t>(host);
        return place < tier_of_.size() ? tier_of_[place] : none;
    }
    HostDistance distance_of(HostIndex host) const noexcept
    {
        const auto tier = tier_of(host);
        if (tier == none)
            return HostDistance::ignored;
        return tier < local_ ? HostDistance::local : HostDistance::remote;
    }

private:
    std::vector<HostIndex> hosts_;
    std::vector<std::uint32_t> begin_ = {0}; ///< of each tier, in hosts_; one more at the end
    std::vector<std::uint16_t> tier_of_;     ///< by HostIndex
    std::size_t local_ = 0;
};

}
