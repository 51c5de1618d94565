#include "lib/session/session_loop.hpp"

#include <algorithm>

// The hosts of a loop: who is there, and how many connections each gets.

namespace coodie::detail {

void SessionLoop::see(const std::shared_ptr<const ClusterSnapshot>& snapshot)
{
    if (closed_)
        return;
    if (settings_->options.metadata)
        connection_options_.handshake.cluster_name = snapshot->cluster_name;
    pools_.see(snapshot, settings_->balancing);
    adjust_pools();
}

void SessionLoop::add_host(const HostState& host)
{
    if (closed_)
        return;
    hosts_.insert_or_assign(host.index(), host);
    adjust_pools();
}

void SessionLoop::remove_host(HostIndex host)
{
    hosts_.erase(host);
    adjust_pools();
}

void SessionLoop::move_host(const HostState& host)
{
    drop_pool(host.index());
    add_host(host);
}

void SessionLoop::drop_pool(HostIndex host)
{
    pools_.remove(host);
    commons_->prepared_hosts.lose(host, number_);
    abandon_preparation(host);
}

/// Connections that a host may have. 0: it is not used.
std::size_t SessionLoop::wanted_connections(HostIndex host) const
{
    if (!hosts_.contains(host))
        return 0;
    switch (pools_.distance_of(host)) {
    case HostDistance::local: return settings_->options.connections_per_local_host;
    case HostDistance::remote: return settings_->options.connections_per_remote_host;
    case HostDistance::ignored: return 0;
    }
    return 0;
}

void SessionLoop::adjust_pools()
{
    if (closed_)
        return;
    for (const auto index : pools_.indexes())
        if (wanted_connections(index) == 0)
            drop_pool(index);
    for (const auto& [index, host] : hosts_)
        if (const auto size = wanted_connections(index); size != 0 && !pools_.pool(index))
            pools_
                .add(std::make_shared<HostPool>(state(), pool_settings_, host.host, host.target.endpoint,
                                                host.target.server, *this))
                .open(size);
    submit_waiting();
}

void SessionLoop::try_host_now(HostIndex host)
{
    if (auto* pool = pools_.pool(host))
        pool->reconnect_now();
}

void SessionLoop::probe_host(HostIndex host)
{
    if (auto* pool = pools_.pool(host))
        pool->probe();
}

void SessionLoop::pool_changed(HostPool& pool) noexcept
{
    const auto host = pool.host().index();
    pools_.update();
    if (const auto* known = pools_.host(host))
        HostAccess::set_shards(*known, pool.shards());
    if (!pool.is_reached())
        commons_->prepared_hosts.lose(host, number_);
    if (pool.is_usable() && pools_.begin_reaching(host))
        control_plane_->host_reached(host, number_);
    go_on(pool);
    check_connected();
    submit_waiting();
}

void SessionLoop::pool_failed(HostPool& pool, const Error& error) noexcept
{
    const auto host = pool.host().index();
    connect_failure_ = error;
    if (!pool.is_usable()) {
        go_on(pool);
        pools_.end_reaching(host);
        control_plane_->host_lost(host, number_);
    }
    if (!connecting_)
        return;
    auto& failures = connecting_->failures;
    if (std::ranges::find(failures, pool.host().address(), &Failure::label) == failures.end())
        failures.push_back({pool.host().address(), error});
    check_connected();
}

}
