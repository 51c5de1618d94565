#pragma once

#include "lib/session/connector.hpp"
#include "lib/session/prepared_cache.hpp"
#include "lib/session/reconnection.hpp"
#include <mutex>
#include <protocol/body_prefix.hpp>

namespace coodie::detail {

/// The keyspace that a session is in. Threads: any.
class KeyspaceName
{
public:
    explicit KeyspaceName(std::string name) : name_{std::move(name)} {}
    std::string get() const
    {
        const std::lock_guard lock{mutex_};
        return name_;
    }
    void set(std::string name)
    {
        const std::lock_guard lock{mutex_};
        name_ = std::move(name);
    }

private:
    mutable std::mutex mutex_;
    std::string name_;
};

/// All that one loop of a session knows. Everything but the constructor happens inside turns of the loop.
/// Lifetime: released by its session through a posted operation, so that it outlives the turn that it is used in.
class SessionLoop final : public ConnectionOwner, public std::enable_shared_from_this<SessionLoop>, private Resident
{
public:
    SessionLoop(Loop loop, std::shared_ptr<const Settings> settings, std::shared_ptr<KeyspaceName> keyspace);
    ~SessionLoop();

    const Loop& loop() const noexcept { return loop_; }
    LoopState& state() const noexcept { return *loop_.state(); }

    using Done = std::function<void(const Error&)>;
    /// Once. It keeps this alive, and nothing here keeps it.
    void connect(Done done);
    void cancel_connect();
    /// Switches to the keyspace, once there is a connection and after every reconnection. What was prepared before is
    /// forgotten.
    void use(const std::string& keyspace, Done done);
    /// Undoes a switch to `keyspace`, if that was the last; by a new connection, which costs what is on its way.
    void return_from(const std::string& keyspace);
    /// Everything that waits ends with errc::closed, and so does what comes later.
    void close() noexcept;

    void start(Request& request);
    Error answered(Request& request, const Answer& answer);
    void finish(Request& request, const Error& error, Rows rows = {}) noexcept;
    /// Any thread: makes what cancels the request, which has not started yet.
    Canceller canceller(Request& request);
    void timed_out(Request& request) noexcept;

    void opened(const Error&) noexcept override {}
    void lost(const Error& error) noexcept override;

private:
    // cancellation.cpp
    static bool arrive(Request& request) noexcept;
    void cancel(std::uint64_t ticket);
    void give_up(Request& request, const Error& error) noexcept;

    // submit.cpp: from a request to a frame
    void submit(Request& request);
    void submit_statement(Request& request);
    void submit_batch(Request& request);
    PreparedCache::Entry* look_up(const Statement& statement, std::shared_ptr<const Prepared>& prepared);
    void send_query(Request& request);
    void send_execute(Request& request);
    void send_batch(Request& request);
    template <class Message>
    void send(Request& request, const Message& message, const protocol::CustomPayload* payload, bool tracing);
    Error check_text(const Statement& statement) const;
    Error check_size(std::size_t size) const;
    static Error fit(Statement& statement, const Prepared& prepared);
    void wait_for_connection(Request& request, bool first);
    void wait_for(PreparedCache::Entry& entry, Request& request);
    bool may_wait(Request& request);
    void submit_waiting();
    bool can_send() const noexcept
    {
        return connection_ && connection_->is_ready() && connection_->core().has_free_stream();
    }

    // preparation.cpp: PREPARE, once for all who wait for it
    void submit_prepare(Request& request);
    void send_prepare(PreparedCache::Entry& entry);
    void expect_prepared(PreparedCache::Entry& entry);
    Error on_prepared(PreparedCache::Entry& entry, const Answer& answer);
    void accept_prepared(PreparedCache::Entry& entry, std::shared_ptr<const Prepared> prepared);
    void prepare_failed(PreparedCache::Entry& entry, const Error& error);
    void prepare_interrupted(PreparedCache::Entry& entry) noexcept;
    void release_waiting(PreparedCache::Entry& entry);
    bool prepare_again(Request& request, const Error& error);

    // completion.cpp: from an answer to a handler
    struct Refused;
    void finish_later(Request& request, Error error);
    Error why_closed() const;
    void end(Request& request) noexcept;
    void in_keyspace(const std::string& keyspace);

    // connecting
    void start_connector(Done done);
    void connected(Connector::Outcome outcome, const Done& done);
    void reconnect();
    void reconnect_later();
    void replace_connection(const Error& error) noexcept;

    const Loop loop_;
    const std::shared_ptr<const Settings> settings_;
    const std::shared_ptr<KeyspaceName> keyspace_;
    ConnectionOptions connection_options_; ///< those of the settings, with the keyspace of today
    std::string former_keyspace_;
    std::shared_ptr<Connection> connection_;
    std::weak_ptr<Connector> connector_;
    Reconnection reconnection_;
    struct Alarm : Deadline
    {
        SessionLoop* session;
    } reconnect_alarm_;
    bool closed_ = false;
    std::uint32_t keyspace_generation_ = 0; ///< raised with every switch: what was asked before is of another keyspace
    std::size_t queued_ = 0;                ///< requests that wait, for whatever
    RequestList waiting_{queued_};          ///< for a connection, or for a stream of it
    PreparedCache cache_;
};

}
