#include "lib/pool/host_pool.hpp"

#include <algorithm>

namespace coodie::detail {

HostPool::HostPool(LoopState& loop, const PoolSettings& settings, std::shared_ptr<const Host> host,
                   const Connection::Endpoint& endpoint, ContactPoint server, PoolOwner& owner)
    : keep_loop_{loop.shared_from_this()}, loop_{loop}, settings_{settings}, host_{std::move(host)},
      endpoint_{endpoint}, server_{std::move(server)}, owner_{&owner}
{
    retry_alarm_.pool = drain_alarm_.pool = this;
    retry_alarm_.expire = [](Deadline& alarm) noexcept { static_cast<Alarm&>(alarm).pool->refill(); };
    drain_alarm_.expire = [](Deadline& alarm) noexcept { static_cast<Alarm&>(alarm).pool->drain(); };
}

HostPool::~HostPool()
{
    disarm(retry_alarm_);
    disarm(drain_alarm_);
}

void HostPool::close(const Error& error) noexcept
{
    const auto self = shared_from_this();
    disarm(drain_alarm_);
    end_openings(error);
    for (const auto& member : std::exchange(open_, {}))
        member.connection->close(error);
    for (const auto& connection : std::exchange(retired_, {}))
        connection->close(error);
}

void HostPool::leave() noexcept
{
    const auto self = shared_from_this();
    end_openings({errc::connection_lost, server_.to_string() + ": the host is not used any more"});
    for (auto& member : std::exchange(open_, {}))
        retire(std::move(member.connection));
}

void HostPool::end_openings(const Error& error) noexcept
{
    owner_ = nullptr;
    disarm(retry_alarm_);
    for (const auto& [number, opening] : std::exchange(connectors_, {}))
        opening.connector->abandon(error);
    drop_surplus();
    for (const auto& ended : std::exchange(switches_, {}))
        ended->connection()->close(error);
    for (const auto& newcomer : std::exchange(newcomers_, {}))
        newcomer.connection->close(error);
}

void HostPool::probe()
{
    for (const auto& member : open_)
        member.connection->probe();
}

std::size_t HostPool::orphans() const noexcept
{
    std::size_t sum = 0;
    for (const auto& member : open_)
        sum += member.connection->core().orphans();
    return sum;
}

void HostPool::lost(const Error& error) noexcept
{
    settings_.log.write(LogLevel::warning, "a connection is lost: " + error.message());
    const auto is_lost = [](const auto& connection) { return !connection->is_ready(); };
    std::erase_if(retired_, is_lost);
    std::erase_if(surplus_, is_lost);
    const auto has_proved_good = [&](const Member& member) {
        return is_lost(member.connection) && loop_.now() - member.since >= proven;
    };
    if (std::ranges::any_of(open_, has_proved_good))
        schedule_.reset();
    const auto lost = std::erase_if(open_, [&](const Member& member) { return is_lost(member.connection); }) +
                      std::erase_if(newcomers_, [&](const Newcomer& held) { return is_lost(held.connection); });
    if (lost == 0)
        return;
    changed();
    retry_later();
}

void HostPool::worn() noexcept
{
    if (!owner_)
        return;
    settings_.log.write(LogLevel::warning, "a connection to " + server_.to_string() +
                                               " is replaced: too many of its answers were given up");
    refill();
}

void HostPool::retire(const Connection& connection)
{
    const auto found = std::ranges::find(open_, &connection, [](const Member& m) { return m.connection.get(); });
    if (found == open_.end())
        return;
    auto retired = std::move(found->connection);
    open_.erase(found);
    retire(std::move(retired));
    changed();
    refill();
}

void HostPool::retire(std::shared_ptr<Connection> connection)
{
    retired_.push_back(std::move(connection));
    if (!drain_alarm_.is_linked())
        arm(drain_alarm_, loop_.now());
}

/// Ends those that owe nobody an answer.
void HostPool::drain() noexcept
{
    std::erase_if(retired_, [](const auto& connection) {
        if (connection->core().in_flight() > connection->core().orphans())
            return false;
        connection->close({errc::connection_lost, connection->host() + ": the connection was replaced"});
        return true;
    });
    if (!retired_.empty())
        arm(drain_alarm_, loop_.after(retire_interval));
}

void HostPool::use_keyspace(const Connection* switched)
{
    for (auto& member : std::exchange(open_, {})) {
        if (member.connection.get() == switched)
            open_.push_back(std::move(member));
        else if (!keyspace().empty() && member.connection->core().has_free_stream())
            begin_switch(std::move(member.connection));
        else
            retire(std::move(member.connection));
    }
    changed();
    refill();
}

void HostPool::begin_switch(std::shared_ptr<Connection> connection)
{
    auto& begun = *switches_.emplace_back(std::make_unique<KeyspaceSwitch>(loop_, std::move(connection), keyspace()));
    begun.start(
        settings_.connection.connect_timeout,
        [self = shared_from_this()](KeyspaceSwitch& ended, const Error& error) { self->end_switch(ended, error); });
}

/// Whose switch failed takes no requests again: nobody knows which keyspace it is in.
void HostPool::end_switch(KeyspaceSwitch& ended, const Error& error)
{
    const auto found = std::ranges::find(switches_, &ended, [](const auto& pointer) { return pointer.get(); });
    if (found == switches_.end())
        return;
    const auto kept = std::move(*found);
    switches_.erase(found);
    if (!error)
        return accept(kept->connection(), kept->keyspace());
    if (kept->connection()->is_ready())
        retire(kept->connection());
    retry_later();
}

void HostPool::arm(Alarm& alarm, Clock::time_point when) noexcept
{
    disarm(alarm);
    loop_.link(alarm, when);
}

void HostPool::disarm(Alarm& alarm) noexcept
{
    if (alarm.is_linked())
        loop_.unlink(alarm);
}

void HostPool::changed() noexcept
{
    if (owner_)
        owner_->pool_changed(*this);
}

}
