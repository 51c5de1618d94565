#include "lib/pool/host_pool.hpp"

#include <algorithm>

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
    const auto good = std::ranges::count_if(open_, [](const Member& m) { return !m.connection->is_worn(); });
    const auto there = static_cast<std::size_t>(good) + connectors_.size() + switches_.size() + newcomers_.size();
    return size_ - std::min(size_, there);
}

void HostPool::refill()
{
    for (auto n = owner_ ? missing() : 0; n != 0; --n)
        connect();
}

void HostPool::connect()
{
    const auto number = ++connectors_begun_;
    auto done = [self = shared_from_this(), number, name = keyspace()](Result<std::shared_ptr<Connection>> outcome) {
        self->connectors_.erase(number);
        self->connected(std::move(outcome), name);
    };
    connectors_.emplace(number, Connector::start(loop_, endpoint_, server_, settings_.connection, std::move(done)));
}

void HostPool::connected(Result<std::shared_ptr<Connection>> outcome, const std::string& keyspace)
{
    if (!owner_)
        return;
    if (outcome) {
        (*outcome)->hand_to(shared_from_this());
        return accept(std::move(*outcome), keyspace);
    }
    settings_.log.write(LogLevel::warning, "no connection: " + outcome.error().message());
    retry_later();
    owner_->pool_failed(*this, outcome.error());
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
    for (auto& member : std::exchange(open_, {})) {
        if (member.connection->is_worn())
            retire(std::move(member.connection));
        else
            open_.push_back(std::move(member));
    }
    open_.push_back({std::move(connection), loop_.now()});
    if (!std::exchange(was_usable_, true))
        schedule_.reset();
    if (settings_.log.wants(LogLevel::debug))
        settings_.log.write(LogLevel::debug, "connected to " + server_.to_string());
    changed();
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
