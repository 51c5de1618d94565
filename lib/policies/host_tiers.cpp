#include <algorithm>
#include <coodie/host_tiers.hpp>
#include <utility>

namespace coodie {

HostTiers::HostTiers(std::span<const HostRank> ranks) : tier_of_(ranks.size(), none)
{
    const auto rank_of = [&](HostIndex host) { return ranks[static_cast<std::size_t>(host)]; };
    for (std::size_t i = 0; i != ranks.size(); ++i)
        if (ranks[i].distance != HostDistance::ignored)
            hosts_.push_back(HostIndex{static_cast<std::uint32_t>(i)});
    std::ranges::sort(hosts_, {}, [&](HostIndex host) { return std::pair{rank_of(host), host}; });

    begin_.clear();
    for (std::size_t i = 0; i != hosts_.size(); ++i) {
        if (i == 0 || rank_of(hosts_[i]) != rank_of(hosts_[i - 1]))
            begin_.push_back(static_cast<std::uint32_t>(i));
        if (rank_of(hosts_[i]).distance == HostDistance::local)
            local_ = begin_.size();
        tier_of_[static_cast<std::size_t>(hosts_[i])] = static_cast<std::uint16_t>(begin_.size() - 1);
    }
    begin_.push_back(static_cast<std::uint32_t>(hosts_.size()));
}

}
