#include "lib/session/pools.hpp"

#include <algorithm>

namespace coodie::detail {

std::span<const std::shared_ptr<const Host>> PoolsView::hosts() const noexcept
{
    return pools_.hosts();
}

std::span<const HostIndex> PoolsView::replicas(const PlanRequest& request) const
{
    return pools_.replicas(request);
}

std::uint32_t PoolsView::in_flight(HostIndex host, const PlanRequest& request) const noexcept
{
    return pools_.in_flight(host, request);
}

void Pools::see(std::shared_ptr<const ClusterSnapshot> snapshot, Policies policies)
{
    const auto former = std::exchange(snapshot_, std::move(snapshot));
    if (former && tablets_.tables() != 0)
        check_tablets(*former);
    std::vector<PoolsView> views;
    for (const auto& policy : policies)
        views.emplace_back(*this, HostTiers{policy->rank({snapshot_->hosts, snapshot_->contact_datacenter})});
    views_.swap(views);
    update();
}

HostDistance Pools::distance_of(HostIndex host) const noexcept
{
    auto nearest = HostDistance::ignored;
    for (const auto& view : views_)
        nearest = std::min(nearest, view.tiers().distance_of(host));
    return nearest;
}

HostPool& Pools::add(std::shared_ptr<HostPool> pool)
{
    const auto place = static_cast<std::size_t>(pool->host().index());
    places_.resize(std::max(places_.size(), place + 1));
    places_[place] = {std::move(pool), false};
    ++count_;
    update();
    return *places_[place].pool;
}

void Pools::remove(HostIndex host) noexcept
{
    if (!pool(host))
        return;
    const auto removed = std::move(at(host).pool);
    at(host) = {};
    --count_;
    update();
    removed->leave();
    std::erase_if(leaving_, [](const auto& pool) { return pool->has_left(); });
    leaving_.push_back(removed);
}

void Pools::update() noexcept
{
    only_ = nullptr;
    has_choice_ = count_ > 1 || std::ranges::any_of(
                                    places_, [](const auto& place) { return place.pool && place.pool->has_shards(); });
    const auto has_one = [](const PoolsView& view) { return view.tiers().hosts().size() == 1; };
    if (count_ != 1 || views_.empty() || !std::ranges::all_of(views_, has_one))
        return;
    only_host_ = views_.front().tiers().hosts().front();
    if (const auto* found = pool(only_host_); found && found->open_count() == 1)
        only_ = found->first();
}

void Pools::close(const Error& error) noexcept
{
    only_ = nullptr;
    count_ = 0;
    for (const auto& place : std::exchange(places_, {}))
        if (place.pool)
            place.pool->close(error);
    for (const auto& pool : std::exchange(leaving_, {}))
        pool->close(error);
}

bool Pools::any_usable() const noexcept
{
    return std::ranges::any_of(places_, [](const auto& place) { return place.pool && place.pool->is_usable(); });
}

bool Pools::any_free(const HostTiers& tiers) const noexcept
{
    return std::ranges::any_of(tiers.hosts(), [&](HostIndex host) { return pick(host) != nullptr; });
}

std::vector<HostIndex> Pools::indexes() const
{
    std::vector<HostIndex> found;
    for (const auto& place : places_)
        if (place.pool)
            found.push_back(place.pool->host().index());
    return found;
}

std::span<const std::shared_ptr<const Host>> Pools::hosts() const noexcept
{
    if (!snapshot_)
        return {};
    return snapshot_->hosts;
}

std::span<const HostIndex> Pools::replicas(const PlanRequest& request) const
{
    if (!snapshot_ || !request.token || request.keyspace.empty())
        return {};
    if (const auto* tablet = tablet_of(request); tablet && !tablet->hosts.empty()) [[unlikely]]
        return tablet->hosts;
    return snapshot_->replicas(request.keyspace, *request.token);
}

std::uint32_t Pools::in_flight(HostIndex host, const PlanRequest& request) const noexcept
{
    const auto* found = pool(host);
    if (!found)
        return 0;
    const auto shard = shard_of(*found, request);
    return static_cast<std::uint32_t>(shard ? found->in_flight(*shard) : found->in_flight());
}

Connection* Pools::pick(HostIndex host, const PlanRequest& request) const noexcept
{
    auto* found = pool(host);
    if (!found)
        return nullptr;
    const auto shard = shard_of(*found, request);
    return shard ? found->pick(*shard) : found->pick();
}

}
