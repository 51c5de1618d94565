#include "lib/pool/host_pool.hpp"

#include <algorithm>

// The shards of a host: which connection is on which, and how each gets its own.

namespace coodie::detail {

std::size_t HostPool::in_flight(Members members) noexcept
{
    std::size_t sum = 0;
    for (const auto& member : members)
        sum += member.connection->core().in_flight();
    return sum;
}

Connection* HostPool::least_busy(Members members) noexcept
{
    Connection* best = nullptr;
    for (const auto& member : members) {
        auto& core = member.connection->core();
        if (core.has_free_stream() && (!best || core.in_flight() < best->core().in_flight()))
            best = member.connection.get();
    }
    return best;
}

std::size_t HostPool::good(Members members) noexcept
{
    return static_cast<std::size_t>(
        std::ranges::count_if(members, [](const Member& member) { return !member.connection->is_worn(); }));
}

HostPool::Members HostPool::on(std::uint32_t shard) const noexcept
{
    const auto found = std::ranges::equal_range(open_, shard, {}, &Member::shard);
    return {found.begin(), found.end()};
}

/// Shards that have not enough connections, each as often as it lacks one; `most` of them: the others may get theirs
/// from connections that are on their way to any shard.
std::vector<std::uint16_t> HostPool::lacking(std::size_t most) const
{
    std::vector<std::size_t> there(sharding_.shards);
    for (const auto& member : open_)
        there[member.shard] += !member.connection->is_worn();
    for (const auto& begun : switches_)
        ++there[shard_of(*begun->connection())];
    for (const auto& newcomer : newcomers_)
        ++there[shard_of(*newcomer.connection)];
    for (const auto& [number, opening] : connectors_)
        if (opening.shard && *opening.shard < there.size())
            ++there[*opening.shard];
    std::vector<std::uint16_t> lacking;
    for (std::size_t shard = 0; shard != there.size(); ++shard)
        lacking.resize(lacking.size() + size_ - std::min(size_, there[shard]), static_cast<std::uint16_t>(shard));
    lacking.resize(std::min(lacking.size(), most));
    return lacking;
}

/// A connection from before the host had another number of shards is on any of them until it is lost.
std::uint16_t HostPool::shard_of(const Connection& connection) const noexcept
{
    const auto& said = connection.scylla().sharding;
    return said ? static_cast<std::uint16_t>(said->shard % sharding_.shards) : std::uint16_t{0};
}

bool HostPool::can_choose_shards() const noexcept
{
    return has_shards() && shard_aware_port_ != 0 && loop_.now() >= shards_chosen_from_;
}

/// The newest connection is right: a host that was restarted may have other shards.
void HostPool::learn_shards(const Connection& connection)
{
    const auto& said = connection.scylla();
    const auto port = settings_.connection.tls ? said.shard_aware_port_tls : said.shard_aware_port;
    shard_aware_port_ = port.value_or(0);
    const auto sharding = said.sharding && said.sharding->shards <= most_shards
                              ? routing::Sharding{said.sharding->shards, said.sharding->ignore_msb}
                              : routing::Sharding{};
    if (sharding == sharding_)
        return;
    sharding_ = sharding;
    for (auto& member : open_)
        member.shard = shard_of(*member.connection);
    std::ranges::sort(open_, {}, &Member::shard);
}

/// Its shard has enough. It stays open while there is hope, so that the server gives the next ones to other shards.
void HostPool::keep_aside(std::shared_ptr<Connection> connection)
{
    surplus_.push_back(std::move(connection));
    const bool hopes = good() < wanted_count() && !retry_alarm_.is_linked();
    if (hopes && surplus_.size() <= wanted_count())
        return refill();
    drop_surplus();
    if (hopes)
        retry_later();
}

void HostPool::drop_surplus() noexcept
{
    for (const auto& connection : std::exchange(surplus_, {}))
        connection->close({errc::connection_lost, connection->host() + ": its shard has enough connections"});
}

}
