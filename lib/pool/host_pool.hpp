#pragma once

#include "lib/base/log.hpp"
#include "lib/pool/connector.hpp"
#include "lib/pool/keyspace_switch.hpp"
#include "lib/pool/retry_schedule.hpp"
#include <coodie/host.hpp>
#include <lib/routing/shard.hpp>
#include <map>
#include <optional>

namespace coodie::detail {

class HostPool;

/// What all pools of one loop have in common.
struct PoolSettings
{
    const ConnectionOptions& connection; ///< its keyspace is that of today
    const ReconnectionPolicy& reconnection;
    Log& log;
};

/// Who uses a pool. Told inside turns, never from inside the pool's own functions but `close`.
class PoolOwner
{
public:
    /// One connection more or less takes requests.
    virtual void pool_changed(HostPool& pool) noexcept = 0;
    /// No connection could be opened; it will be tried again.
    virtual void pool_failed(HostPool& pool, const Error& error) noexcept = 0;
    /// There was no connection, and this one could take requests. True: not before the owner says so, by `admit`.
    virtual bool holds_back(HostPool& pool, const std::shared_ptr<Connection>& connection) noexcept = 0;

protected:
    ~PoolOwner() = default;
};

/// The connections of one loop to one host: opens them, and opens them again. A host that has shards gets connections
/// to each of them. Everything happens inside turns.
/// Lifetime: connections and what waits to become one keep it alive until `close`.
class HostPool final : public ConnectionOwner, public std::enable_shared_from_this<HostPool>
{
public:
    /// `endpoint` is dialled, as that of `server`. The owner lives until `close` or `leave`, the settings
    /// as long as any connection.
    HostPool(LoopState& loop, const PoolSettings& settings, std::shared_ptr<const Host> host,
             const Connection::Endpoint& endpoint, ContactPoint server, PoolOwner& owner);
    ~HostPool() override;

    /// Opens connections until there are `size`, from now on; where the host has shards, as many for each.
    void open(std::size_t size);
    /// Whatever was tried and failed is tried again now.
    void reconnect_now();
    void close(const Error& error) noexcept;
    /// Tells nobody any more, opens nothing, and ends each connection when it owes no answer.
    void leave() noexcept;
    bool has_left() const noexcept { return !owner_ && retired_.empty(); }
    /// Asks every connection whether it is still there.
    void probe();

    const Host& host() const noexcept { return *host_; }
    /// Has, or is about to have, connections that were open before.
    bool is_reached() const noexcept { return is_usable() || !switches_.empty(); }
    const std::shared_ptr<const Host>& shared_host() const noexcept { return host_; }
    bool is_usable() const noexcept { return !open_.empty(); }
    std::size_t wanted_count() const noexcept { return size_ * sharding_.shards; }
    std::size_t open_count() const noexcept { return open_.size(); }
    std::size_t opening_count() const noexcept { return connectors_.size() + switches_.size(); }
    std::size_t orphans() const noexcept;
    std::size_t in_flight() const noexcept { return in_flight(open_); } ///< orphans as well
    std::size_t in_flight(std::uint32_t shard) const noexcept           ///< of those that take its requests
    {
        const auto own = on(shard);
        return in_flight(own.empty() ? Members{open_} : own);
    }
    /// The one with the fewest requests, if it can take another; null: none can now.
    Connection* pick() const noexcept { return least_busy(open_); }
    /// One on this shard if it can take another request, else any.
    Connection* pick(std::uint32_t shard) const noexcept
    {
        auto* connection = least_busy(on(shard));
        return connection ? connection : pick();
    }
    std::uint16_t shards() const noexcept { return sharding_.shards; }
    bool has_shards() const noexcept { return sharding_.shards > 1; }
    std::uint16_t shard_of(Token token) const noexcept { return routing::shard_of(token, sharding_); }
    Connection* first() const noexcept { return open_.front().connection.get(); } ///< only when it is usable

    /// After the keyspace of the settings changed: no connection of another one takes requests. `switched` is in it.
    void use_keyspace(const Connection* switched);
    /// Those that were held back take requests.
    void admit();
    /// It takes no more requests, ends when those that are on their way have ended, and another is opened.
    void retire(const Connection& connection);

    // ConnectionOwner
    void opened(const Error&) noexcept override {}
    void lost(const Error& error) noexcept override;
    void worn() noexcept override;

private:
    struct Member
    {
        std::shared_ptr<Connection> connection;
        Clock::time_point since; ///< when it was opened
        std::uint16_t shard;
    };
    using Members = std::span<const Member>;
    /// A connection on its way.
    struct Opening
    {
        std::shared_ptr<Connector> connector;
        std::optional<std::uint16_t> shard; ///< that it shall be on; none: it may be on any
    };
    struct Newcomer
    {
        std::shared_ptr<Connection> connection;
        std::string keyspace; ///< that it is in
    };
    struct Alarm : Deadline
    {
        HostPool* pool;
    };
    static constexpr std::chrono::seconds proven{1}; ///< a connection that lasts so long ends the schedule of retries
    static constexpr std::chrono::milliseconds retire_interval{100};
    static constexpr std::chrono::minutes mistrust{5}; ///< of a shard-aware port that does not lead where it should
    static constexpr std::uint16_t most_shards =
        1'024; ///< a host that says it has more is treated as one that has none

    std::size_t missing() const noexcept;
    void refill();
    void connect(std::optional<std::uint16_t> shard);
    void connected(Result<std::shared_ptr<Connection>> outcome, std::optional<std::uint16_t> shard,
                   const std::string& keyspace);
    void warn_of(const Connection& connection) const;
    void accept(std::shared_ptr<Connection> connection, const std::string& keyspace);
    void introduce(std::shared_ptr<Connection> connection);
    void publish(std::shared_ptr<Connection> connection);
    void begin_switch(std::shared_ptr<Connection> connection);
    void end_switch(KeyspaceSwitch& ended, const Error& error);
    void begin_outage();
    void end_openings(const Error& error) noexcept;
    void retry_later() noexcept;
    void retire(std::shared_ptr<Connection> connection);
    void drain() noexcept;

    // shards.cpp
    static std::size_t in_flight(Members members) noexcept;
    static Connection* least_busy(Members members) noexcept;
    Members on(std::uint32_t shard) const noexcept;
    std::size_t good() const noexcept { return good(open_); }
    static std::size_t good(Members members) noexcept;
    std::vector<std::uint16_t> lacking(std::size_t most) const;
    std::uint16_t shard_of(const Connection& connection) const noexcept;
    bool can_choose_shards() const noexcept;
    void learn_shards(const Connection& connection);
    void keep_aside(std::shared_ptr<Connection> connection);
    void drop_surplus() noexcept;

    const std::string& keyspace() const noexcept { return settings_.connection.handshake.keyspace; }
    void arm(Alarm& alarm, Clock::time_point when) noexcept;
    void disarm(Alarm& alarm) noexcept;
    void changed() noexcept;

    const std::shared_ptr<LoopState> keep_loop_;
    LoopState& loop_;
    const PoolSettings& settings_;
    const std::shared_ptr<const Host> host_;
    const Connection::Endpoint endpoint_;
    const ContactPoint server_;
    PoolOwner* owner_; ///< null: closed or left
    std::size_t size_ = 0;
    routing::Sharding sharding_;                       ///< as the newest connection says
    std::uint16_t shard_aware_port_ = 0;               ///< 0: none
    Clock::time_point shards_chosen_from_{};           ///< before that the shard-aware port is left alone
    std::vector<Member> open_;                         ///< by shard
    std::vector<std::shared_ptr<Connection>> surplus_; ///< on shards that have enough, until all have
    std::vector<Newcomer> newcomers_;                  ///< held back by the owner
    std::vector<std::shared_ptr<Connection>> retired_;
    std::map<std::size_t, Opening> connectors_; ///< by number
    std::size_t connectors_begun_ = 0;
    std::vector<std::unique_ptr<KeyspaceSwitch>> switches_;
    std::optional<RetrySchedule> schedule_; ///< of this outage
    bool was_usable_ = false;
    Alarm retry_alarm_;
    Alarm drain_alarm_;
};

}
