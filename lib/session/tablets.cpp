#include "lib/session/pools.hpp"
#include "lib/session/session_loop.hpp"

#include <algorithm>

// Tablets: answers tell them, all loops learn them, and requests go by them.

namespace coodie::detail {

void SessionLoop::learn_tablet(const Request& request, const ResponseExtras& extras)
{
    const auto payload = extras.custom_payload.find("tablets-routing-v1");
    const auto* prepared = request.extras ? nullptr : request.prepared.get();
    if (payload == extras.custom_payload.end() || !payload->second || !request.connection->scylla().tablets)
        return;
    if (!prepared || prepared->bind_columns.empty())
        return;
    auto tablet = routing::parse_tablet(*payload->second);
    if (!tablet)
        return log().write(LogLevel::warning, request.connection->host() + ": " + tablet.error().message());
    const auto& column = prepared->bind_columns.front();
    if (pools_.knows(column.keyspace, column.table, *tablet))
        return;
    const auto host_of = [this](const Uuid& id) { return pools_.host_with_id(id); };
    control_plane_->tablet_learned(column.keyspace, column.table,
                                   metadata::TabletMap::resolve(std::move(*tablet), host_of));
}

void Pools::learn(std::string_view keyspace, std::string_view table,
                  std::shared_ptr<const metadata::LearnedTablet> tablet)
{
    if (snapshot_ && !snapshot_->schema->keyspaces.empty()) {
        const auto known = snapshot_->schema->keyspace(keyspace);
        if (!known || (!known->table(table) && !known->view(table)))
            return;
    }
    tablets_.learn(keyspace, table, std::move(tablet));
}

bool Pools::knows(std::string_view keyspace, std::string_view table, const routing::Tablet& tablet) const noexcept
{
    const auto* known = tablets_.find(keyspace, table, tablet.last);
    return known && known->tablet == tablet;
}

std::optional<HostIndex> Pools::host_with_id(const Uuid& host_id) const noexcept
{
    const auto found = std::ranges::find_if(
        hosts(), [&](const std::shared_ptr<const Host>& host) { return host && host->host_id() == host_id; });
    return found == hosts().end() ? std::nullopt : std::optional{(*found)->index()};
}

/// After hosts or the schema changed.
void Pools::check_tablets(const ClusterSnapshot& former)
{
    if (snapshot_->schema != former.schema)
        tablets_.keep_tables_of(*snapshot_->schema, *former.schema);
    if (snapshot_->hosts == former.hosts)
        return;
    for (const auto& host : former.hosts)
        if (host && !host_with_id(host->host_id()))
            tablets_.forget_host(host->host_id());
    tablets_.complete([this](const Uuid& id) { return host_with_id(id); });
}

std::optional<std::uint32_t> Pools::shard_of(const HostPool& pool, const PlanRequest& request) const noexcept
{
    if (!pool.has_shards() || !request.token) [[likely]]
        return {};
    if (const auto* tablet = tablet_of(request)) {
        const auto found = std::ranges::find(tablet->hosts, pool.host().index());
        if (found != tablet->hosts.end())
            return tablet->shards[static_cast<std::size_t>(found - tablet->hosts.begin())];
    }
    return pool.shard_of(*request.token);
}

}
