#include "lib/pool/host_pool.hpp"

#include <algorithm>
#include <random>

// How a pool opens its connections, and opens them again.

namespace coodie::detail {

void HostPool::open(std::size_t size)
{
    size_ = size;
    if (!schedule_)
        begin_outage();
    refill();
}

void HostPool::reconnect_now()
{
    if (!retry_alarm_.is_linked())
        return;
    disarm(retry_alarm_);
    begin_outage();
    refill();
}

/// The first attempt is made at once, whoever makes it.
void HostPool::begin_outage()
{
    schedule_.emplace(loop_, settings_.reconnection);
    (void)schedule_->next();
}

std::size_t HostPool::missing() const noexcept
{
    const auto there = good() + connectors_.size() + switches_.size() + newcomers_.size();
    return wanted_count() - std::min(wanted_count(), there);
}

void HostPool::refill()
{
    const auto count = owner_ ? missing() : 0;
    if (count == 0)
        return;
    if (!can_choose_shards())
        for (auto left = count; left != 0; --left)
            connect({});
    else
        for (const auto shard : lacking(count))
            connect(shard);
}

void HostPool::connect(std::optional<std::uint16_t> shard)
{
    const auto number = ++connectors_begun_;
    auto done = [self = shared_from_this(), number, shard,
                 name = keyspace()](Result<std::shared_ptr<Connection>> outcome) {
        self->connectors_.erase(number);
        self->connected(std::move(outcome), shard, name);
    };
    auto endpoint = endpoint_;
    std::optional<LocalPorts> from;
    if (shard) {
        endpoint.port(shard_aware_port_);
        from.emplace(*shard, sharding_.shards, std::random_device{}());
    }
    connectors_.emplace(
        number,
        Opening{Connector::start(loop_, endpoint, server_, settings_.connection, std::move(done), from), shard});
}

void HostPool::connected(Result<std::shared_ptr<Connection>> outcome, std::optional<std::uint16_t> shard,
                         const std::string& keyspace)
{
    if (!owner_)
        return;
    if (shard && (!outcome ||
                  (*outcome)->scylla().sharding != protocol::ShardInfo{*shard, sharding_.shards, sharding_.ignore_msb}))
        shards_chosen_from_ = loop_.now() + mistrust;
    if (!outcome)
        settings_.log.write(LogLevel::warning, "no connection: " + outcome.error().message());
    if (shard && !outcome)
        return refill();
    if (outcome) {
        (*outcome)->hand_to(shared_from_this());
        warn_of(**outcome);
        return accept(std::move(*outcome), keyspace);
    }
    retry_later();
    owner_->pool_failed(*this, outcome.error());
}

void HostPool::warn_of(const Connection& connection) const
{
    if (const auto& problem = connection.scylla().problem; !problem.empty())
        settings_.log.write(LogLevel::warning,
                            server_.to_string() + ": an extension in SUPPORTED is ignored: " + problem);
}

/// A connection in this keyspace, which may not be that of the session any more.
void HostPool::accept(std::shared_ptr<Connection> connection, const std::string& name)
{
    if (!owner_)
        return connection->close({errc::closed, "the pool was closed"});
    if (name == keyspace())
        return introduce(std::move(connection));
    if (!keyspace().empty() && connection->core().has_free_stream())
        return begin_switch(std::move(connection));
    retire(std::move(connection));
    refill();
}

void HostPool::introduce(std::shared_ptr<Connection> connection)
{
    if (open_.empty() && owner_->holds_back(*this, connection))
        newcomers_.push_back({std::move(connection), keyspace()});
    else
        publish(std::move(connection));
}

/// The session may have gone to another keyspace meanwhile.
void HostPool::admit()
{
    for (auto& newcomer : std::exchange(newcomers_, {}))
        accept(std::move(newcomer.connection), newcomer.keyspace);
}

void HostPool::publish(std::shared_ptr<Connection> connection)
{
    learn_shards(*connection);
    if (open_.empty())
        shards_chosen_from_ = {}; // when the host was gone its ports failed for another reason
    const auto shard = shard_of(*connection);
    if (good(on(shard)) >= size_)
        return keep_aside(std::move(connection));
    for (auto& member : std::exchange(open_, {})) {
        if (member.shard == shard && member.connection->is_worn())
            retire(std::move(member.connection));
        else
            open_.push_back(std::move(member));
    }
    const auto behind = std::ranges::upper_bound(open_, shard, {}, &Member::shard);
    open_.insert(behind, {std::move(connection), loop_.now(), shard});
    if (!std::exchange(was_usable_, true))
        schedule_.reset();
    if (good() >= wanted_count())
        drop_surplus();
    if (settings_.log.wants(LogLevel::debug))
        settings_.log.write(LogLevel::debug, "connected to " + server_.to_string());
    changed();
    if (!retry_alarm_.is_linked())
        refill();
}

void HostPool::retry_later() noexcept
{
    if (!owner_ || retry_alarm_.is_linked())
        return;
    if (!schedule_) {
        begin_outage();
        return refill();
    }
    const auto delay = schedule_->next();
    if (delay.count() <= 0)
        return refill();
    arm(retry_alarm_, loop_.after(delay));
    if (settings_.log.wants(LogLevel::debug))
        settings_.log.write(LogLevel::debug, "the next connection to " + server_.to_string() + " is tried in " +
                                                 std::to_string(delay.count()) + " ms");
}

}
