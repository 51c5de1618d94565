#include "small_cluster.hpp"

using namespace coodie;

HostIndex SmallCluster::add(std::string datacenter, std::string rack)
{
    return add_described({.address = "10.0.0." + std::to_string(hosts_.size()) + ":9042",
                          .datacenter = std::move(datacenter),
                          .rack = std::move(rack)});
}

HostIndex SmallCluster::add_described(HostDescription description)
{
    const auto index = HostIndex{static_cast<std::uint32_t>(hosts_.size())};
    description.host_id.bytes[15] = static_cast<std::byte>(hosts_.size());
    description.host_id.bytes[14] = static_cast<std::byte>(hosts_.size() >> 8U);
    hosts_.push_back(detail::HostAccess::make(index, std::move(description)));
    in_flight_.push_back(0);
    return index;
}

SmallCluster& SmallCluster::ranked_by(const LoadBalancingPolicy& policy, std::string_view contact_datacenter)
{
    tiers_ = HostTiers{policy.rank(members(contact_datacenter))};
    return *this;
}

std::vector<HostIndex> whole_plan(const LoadBalancingPolicy& policy, const SmallCluster& cluster,
                                  const PlanRequest& request, std::uint64_t ticket)
{
    Plan plan{ticket};
    std::vector<HostIndex> hosts;
    while (const auto host = policy.next(plan, request, cluster))
        hosts.push_back(*host);
    return hosts;
}

std::string text_of(const std::vector<HostIndex>& plan)
{
    std::string text;
    for (const auto host : plan)
        text += (text.empty() ? "" : " ") + std::to_string(static_cast<std::uint32_t>(host));
    return text;
}
