#pragma once

#include "lib/pool/host_pool.hpp"
#include <coodie/load_balancing.hpp>

namespace coodie::detail {

/// The pools of one loop by host, and with them what a load balancing policy sees of the cluster.
class Pools final : public ClusterView
{
public:
    /// Of a host that is new here.
    void add(std::shared_ptr<HostPool> pool);
    /// After hosts came or went.
    void rank(const LoadBalancingPolicy& policy, std::string_view contact_datacenter);
    /// After a pool changed.
    void update() noexcept;
    void close(const Error& error) noexcept;

    bool empty() const noexcept { return count_ == 0; }
    std::size_t count() const noexcept { return count_; }
    bool any_usable() const noexcept;
    bool any_free() const noexcept; ///< some connection takes another request
    template <class F> void for_each(F&& f)
    {
        for (const auto& pool : pools_)
            if (pool)
                f(*pool);
    }
    HostPool* pool(HostIndex host) const noexcept
    {
        const auto place = static_cast<std::size_t>(host);
        return place < pools_.size() ? pools_[place].get() : nullptr;
    }
    Connection* pick(HostIndex host) const noexcept
    {
        auto* found = pool(host);
        return found ? found->pick() : nullptr;
    }

    /// The only connection of the only host: where there is nothing to choose. Null: there is, or there is none.
    Connection* only() const noexcept { return only_; }
    HostIndex only_host() const noexcept { return only_host_; }

    // ClusterView
    std::span<const std::shared_ptr<const Host>> hosts() const noexcept override { return hosts_; }
    const HostTiers& tiers() const noexcept override { return tiers_; }
    std::span<const HostIndex> replicas(const PlanRequest&) const override { return {}; }
    std::uint32_t in_flight(HostIndex host, const PlanRequest&) const noexcept override;

private:
    std::vector<std::shared_ptr<HostPool>> pools_; ///< by HostIndex; null: removed
    std::vector<std::shared_ptr<const Host>> hosts_;
    HostTiers tiers_;
    std::size_t count_ = 0;
    Connection* only_ = nullptr;
    HostIndex only_host_{};
};

}
