#pragma once

#include <coodie/load_balancing.hpp>
#include <map>

/// A cluster as the session shows it to one policy, all of it in the test's hands.
class SmallCluster final : public coodie::ClusterView
{
public:
    using HostIndex = coodie::HostIndex;
    using HostDescription = coodie::HostDescription;

    /// A host with the next index, its address "10.0.0.<index>:9042".
    HostIndex add(std::string datacenter = "dc1", std::string rack = "r1");
    HostIndex add_described(HostDescription description);
    void remove(HostIndex host) { hosts_[place(host)].reset(); }
    void set_up(HostIndex host, bool is_up) { coodie::detail::HostAccess::set_up(*hosts_[place(host)], is_up); }
    void set_replicas(std::vector<HostIndex> replicas) { replicas_ = std::move(replicas); }
    void set_in_flight(HostIndex host, std::uint32_t requests) { in_flight_[place(host)] = requests; }

    coodie::ClusterMembers members(std::string_view contact_datacenter = "dc1") const
    {
        return {hosts_, contact_datacenter};
    }
    /// As the session does when hosts changed.
    SmallCluster& ranked_by(const coodie::LoadBalancingPolicy& policy, std::string_view contact_datacenter = "dc1");

    std::span<const std::shared_ptr<const coodie::Host>> hosts() const noexcept override { return hosts_; }
    const coodie::HostTiers& tiers() const noexcept override { return tiers_; }
    std::span<const HostIndex> replicas(const coodie::PlanRequest&) const override { return replicas_; }
    std::uint32_t in_flight(HostIndex host, const coodie::PlanRequest&) const noexcept override
    {
        return in_flight_[place(host)];
    }

private:
    static std::size_t place(HostIndex host) { return static_cast<std::size_t>(host); }

    std::vector<std::shared_ptr<const coodie::Host>> hosts_;
    std::vector<std::uint32_t> in_flight_;
    std::vector<HostIndex> replicas_;
    coodie::HostTiers tiers_;
};

/// A request that names its row.
inline coodie::PlanRequest for_a_row()
{
    return {.token = coodie::Token{7}, .keyspace = "shop", .table = "orders"};
}

/// Everything that a policy names, in its order.
std::vector<coodie::HostIndex> whole_plan(const coodie::LoadBalancingPolicy& policy, const SmallCluster& cluster,
                                          const coodie::PlanRequest& request, std::uint64_t ticket = 0);

/// For messages and tables: "0 1 2".
std::string text_of(const std::vector<coodie::HostIndex>& plan);
