#include "lib/session/pools.hpp"

#include <algorithm>

namespace coodie::detail {

void Pools::add(std::shared_ptr<HostPool> pool)
{
    const auto place = static_cast<std::size_t>(pool->host().index());
    if (place >= pools_.size()) {
        pools_.resize(place + 1);
        hosts_.resize(place + 1);
    }
    hosts_[place] = pool->shared_host();
    pools_[place] = std::move(pool);
    ++count_;
}

void Pools::rank(const LoadBalancingPolicy& policy, std::string_view contact_datacenter)
{
    tiers_ = HostTiers{policy.rank({hosts_, contact_datacenter})};
    update();
}

void Pools::update() noexcept
{
    only_ = nullptr;
    if (count_ != 1)
        return;
    const auto& pool = *std::ranges::find_if(pools_, [](const auto& p) { return p != nullptr; });
    only_host_ = pool->host().index();
    if (pool->open_count() == 1)
        only_ = pool->first();
}

void Pools::close(const Error& error) noexcept
{
    only_ = nullptr;
    count_ = 0;
    for (const auto& pool : std::exchange(pools_, {}))
        if (pool)
            pool->close(error);
}

bool Pools::any_usable() const noexcept
{
    return std::ranges::any_of(pools_, [](const auto& pool) { return pool && pool->is_usable(); });
}

bool Pools::any_free() const noexcept
{
    return std::ranges::any_of(pools_, [](const auto& pool) { return pool && pool->pick(); });
}

std::uint32_t Pools::in_flight(HostIndex host, const PlanRequest&) const noexcept
{
    const auto* found = pool(host);
    return found ? static_cast<std::uint32_t>(found->in_flight()) : 0;
}

}
