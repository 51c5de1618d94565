#pragma once

#include "lib/cluster/snapshot.hpp"
#include "lib/metadata/tablet_map.hpp"
#include "lib/pool/host_pool.hpp"
#include <coodie/load_balancing.hpp>

namespace coodie::detail {

class Pools;

/// What one load balancing policy sees of the cluster.
class PoolsView final : public ClusterView
{
public:
    PoolsView(const Pools& pools, HostTiers tiers) : pools_{pools}, tiers_{std::move(tiers)} {}

    std::span<const std::shared_ptr<const Host>> hosts() const noexcept override;
    const HostTiers& tiers() const noexcept override { return tiers_; }
    std::span<const HostIndex> replicas(const PlanRequest& request) const override;
    std::uint32_t in_flight(HostIndex host, const PlanRequest& request) const noexcept override;

private:
    const Pools& pools_;
    HostTiers tiers_;
};

/// The pools of one loop by host.
class Pools
{
public:
    using Policies = std::span<const std::shared_ptr<const LoadBalancingPolicy>>;
    void see(std::shared_ptr<const ClusterSnapshot> snapshot, Policies policies);
    /// Of a host that has none.
    HostPool& add(std::shared_ptr<HostPool> pool);
    /// What is on its way there may still be answered.
    void remove(HostIndex host) noexcept;
    /// After a pool changed.
    void update() noexcept;
    void close(const Error& error) noexcept;

    // Whether connections open and fail is told to others once
    bool begin_reaching(HostIndex host) noexcept { return !std::exchange(at(host).is_reached, true); }
    void end_reaching(HostIndex host) noexcept { at(host).is_reached = false; }

    bool empty() const noexcept { return count_ == 0; }
    std::size_t count() const noexcept { return count_; }
    bool any_usable() const noexcept;
    bool any_free(const HostTiers& tiers) const noexcept; ///< some connection to these takes another request
    std::vector<HostIndex> indexes() const;
    template <class F> void for_each(F&& f)
    {
        for (const auto& place : places_)
            if (const auto pool = place.pool)
                f(*pool);
    }
    HostPool* pool(HostIndex host) const noexcept
    {
        const auto place = static_cast<std::size_t>(host);
        return place < places_.size() ? places_[place].pool.get() : nullptr;
    }
    Connection* pick(HostIndex host) const noexcept
    {
        const auto* found = pool(host);
        return found ? found->pick() : nullptr;
    }
    /// The best connection of the host for this request, by its shard where the host has any; null: none can take it.
    Connection* pick(HostIndex host, const PlanRequest& request) const noexcept;
    /// It matters which host, or which connection, a request goes to.
    bool has_choice() const noexcept { return has_choice_; }

    /// Takes the place of what was known of these rows. Not of tables that the schema is known not to have.
    void learn(std::string_view keyspace, std::string_view table,
               std::shared_ptr<const metadata::LearnedTablet> tablet);
    bool knows(std::string_view keyspace, std::string_view table, const routing::Tablet& tablet) const noexcept;
    /// As the newest snapshot has it; null: it is not there.
    const Host* host(HostIndex host) const noexcept
    {
        const auto place = static_cast<std::size_t>(host);
        return place < hosts().size() ? hosts()[place].get() : nullptr;
    }
    std::optional<HostIndex> host_with_id(const Uuid& host_id) const noexcept;

    /// The only connection of the only host: where there is nothing to choose. Null: there is, or there is none.
    Connection* only() const noexcept { return only_; }
    HostIndex only_host() const noexcept { return only_host_; }

    /// None: the servers' tokens are not known, or not ours.
    std::optional<protocol::Partitioner> partitioner() const noexcept
    {
        return snapshot_ ? snapshot_->partitioner : std::nullopt;
    }

    /// Of the policy at that place among those that were seen. Not before the first snapshot.
    const PoolsView& view(std::size_t policy) const noexcept { return views_[policy]; }
    /// To the policy that it is nearest to.
    HostDistance distance_of(HostIndex host) const noexcept;

    // What policies see
    std::span<const std::shared_ptr<const Host>> hosts() const noexcept;
    std::span<const HostIndex> replicas(const PlanRequest& request) const;
    std::uint32_t in_flight(HostIndex host, const PlanRequest& request) const noexcept;

private:
    struct Place
    {
        std::shared_ptr<HostPool> pool; ///< null: removed, or not used
        bool is_reached = false;
    };
    Place& at(HostIndex host) noexcept { return places_[static_cast<std::size_t>(host)]; }
    void check_tablets(const ClusterSnapshot& former);
    const metadata::LearnedTablet* tablet_of(const PlanRequest& request) const noexcept
    {
        return tablets_.tables() == 0 ? nullptr : tablets_.find(request.keyspace, request.table, *request.token);
    }
    /// None: the request may be on any connection of the host.
    std::optional<std::uint32_t> shard_of(const HostPool& pool, const PlanRequest& request) const noexcept;

    std::shared_ptr<const ClusterSnapshot> snapshot_; ///< null before the first one
    std::vector<Place> places_;                       ///< by HostIndex
    std::vector<std::shared_ptr<HostPool>> leaving_;
    std::vector<PoolsView> views_; ///< one a policy
    metadata::TabletMap tablets_;
    std::size_t count_ = 0;
    bool has_choice_ = false;
    Connection* only_ = nullptr;
    HostIndex only_host_{};
};

}
