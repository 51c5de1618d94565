#pragma once

#include "lib/cluster/unreachable.hpp"
#include "lib/session/control_plane.hpp"
#include "lib/session/host_preparation.hpp"
#include "lib/session/meter.hpp"
#include "lib/session/pools.hpp"
#include "lib/session/prepared_cache.hpp"
#include "lib/session/race.hpp"
#include "lib/session/repair.hpp"
#include "lib/session/settings.hpp"
#include <list>
#include <map>
#include <protocol/body_prefix.hpp>

namespace coodie::detail {

/// What a loop still waits for until it is connected.
struct Connecting
{
    std::function<void(const Error&)> done = {};
    bool cluster_is_known = false;
    Error failure = {};                 ///< why it is not
    std::vector<Failure> failures = {}; ///< one a host
};

/// All that one loop of a session knows. Everything but the constructor happens inside turns of the loop.
/// Lifetime: released by its session through a posted operation, so that it outlives the turn that it is used in.
class SessionLoop final : public PoolOwner, public std::enable_shared_from_this<SessionLoop>, private Resident
{
public:
    SessionLoop(Loop loop, std::shared_ptr<const Settings> settings, std::shared_ptr<Commons> commons);
    ~SessionLoop();

    /// Before anything else: which of the session's loops it is.
    void join(std::shared_ptr<ControlPlane> control_plane, std::size_t number);
    ControlPlane& control_plane() noexcept { return *control_plane_; }

    const Loop& loop() const noexcept { return loop_; }
    LoopState& state() const noexcept { return *loop_.state(); }
    const Meter& meter() const noexcept { return meter_; } ///< any thread may read it

    using Done = std::function<void(const Error&)>;
    /// Once. It keeps this alive, and nothing here keeps it.
    void connect(Done done);
    void cancel_connect();
    /// On the first loop: each host, and how far it came. Empty: this loop is connected.
    std::vector<Failure> connect_failures() const;
    /// Switches to the keyspace, once there is a connection and after every reconnection. What was prepared before is
    /// forgotten.
    void use(const std::string& keyspace, Done done);
    /// Undoes a switch to `keyspace`, if that was the last; by new connections.
    void return_from(const std::string& keyspace);
    /// Everything that waits ends with errc::closed, and so does what comes later.
    void close() noexcept;

    void start(Request& request);
    Error answered(Request& request, const Answer& answer);
    void lost(Request& request, const Error& error) noexcept;
    void finish(Request& request, const Error& error, Rows&& rows = {}) noexcept;
    /// Calls `wake` after so long; at once when the loop is closed.
    void sleep(std::chrono::milliseconds time, std::function<void()> wake);
    /// Any thread: makes what cancels the request, which has not started yet.
    Canceller canceller(Request& request);
    void timed_out(Request& request) noexcept;
    void attempt_timed_out(Request& request) noexcept;

    // What the control plane tells
    void know_cluster(const Error& error);
    void see(const std::shared_ptr<const ClusterSnapshot>& snapshot);
    void ask_schema_version(const Uuid& host_id, std::function<void(const std::optional<Uuid>&)> told);
    void add_host(const HostState& host);
    void remove_host(HostIndex host);
    void move_host(const HostState& host);
    void try_host_now(HostIndex host);
    void probe_host(HostIndex host);
    void take_tablet(std::string_view keyspace, std::string_view table,
                     const std::shared_ptr<const metadata::LearnedTablet>& tablet)
    {
        pools_.learn(keyspace, table, tablet);
    }
    template <class F> void for_each_pool(F&& f) { pools_.for_each(std::forward<F>(f)); }
    bool has_pool(HostIndex host) const noexcept { return pools_.pool(host) != nullptr; }
    bool may_use(HostIndex host) const noexcept { return pools_.distance_of(host) != HostDistance::ignored; }

    // PoolOwner
    void pool_changed(HostPool& pool) noexcept override;
    void pool_failed(HostPool& pool, const Error& error) noexcept override;
    bool holds_back(HostPool& pool, const std::shared_ptr<Connection>& connection) noexcept override;

private:
    Log& log() const noexcept { return *settings_->cluster->log; }

    // cancellation.cpp
    static bool arrive(Request& request) noexcept;
    void cancel(std::uint64_t ticket);
    void give_up(Request& request, const Error& error) noexcept;
    Error note_silence(Request& request);

    // target.cpp: where a request goes
    Connection* target(Request& request);
    Connection* choose(Request& request);
    std::optional<HostIndex> next_host(Request& request, const PlanRequest& asked);
    Plan& plan_of(Request& request);
    bool await_target(Request& request);
    const char* why_nowhere(const Request& request) const noexcept;
    bool may_wait(Request& request);
    void wait_for(PreparedCache::Entry& entry, Request& request);
    RequestList& waiting(const Request& request) noexcept { return waiting_[request.profile->balancing]; }
    void submit_waiting();

    // pinning.cpp: requests for one host
    const Host* find_pinned(const Request& request) const noexcept;
    Connection* pinned_target(Request& request);
    Error why_not_there(const Request& request) const;

    // plan_request.cpp: what a policy may know of a request
    PlanRequest plan_request(Request& request);
    void describe(Statement& statement, const Prepared* prepared, PlanRequest& asked);
    void describe(RequestExtras& extras, PlanRequest& asked);
    static bool is_lwt(const Request& request) noexcept;

    // attempt.cpp: how long one host is waited for
    void watch(Request& request);
    void stop_watching(Request& request) noexcept;
    void report_latency(const Request& request) noexcept;

    // speculation.cpp: several hosts at once
    static bool may_be_repeated(const Request& request) noexcept;
    bool may_speculate(const Request& request) const noexcept;
    void expect_slow(Request& request);
    void go_on(Race& race) noexcept;
    bool begin_execution(Race& race);
    std::optional<std::chrono::microseconds> next_delay(const Race& race) noexcept;
    void execution_ended(Request& request, const Error& error, Rows rows) noexcept;
    void end_race(Request& leader) noexcept;
    void withdraw(Request& request) noexcept;

    // retry.cpp: what happens when an attempt failed
    void failed(Request& request, const Error& error, bool sent, bool idempotent) noexcept;
    void note(Request& request, const Error& error);
    void observe_attempt(Request& request) noexcept;
    void observe_end_of_attempt(Request& request, const Error& error) noexcept;
    void tell_failure(Request& request, const RetryDecision& decision);
    RetryDecision decide(const Request& request, const Error& error, bool sent, bool idempotent) noexcept;
    void again(Request& request, const RetryDecision& decision);
    void pause(Request& request, std::chrono::milliseconds delay);
    void disarm(Failures& failures) noexcept;
    Consistency consistency_of(const Request& request) const noexcept
    {
        return request.statement.options().consistency.value_or(request.profile->consistency);
    }

    // submit.cpp: from a request to a frame
    Error read_rare_options(Request& request) const;
    void date(Request& request) noexcept;
    bool submit(Request& request);
    void submit_there(Request& request);
    void submit_extras(Request& request);
    void submit_statement(Request& request);
    void submit_batch(Request& request);
    PreparedCache::Entry* look_up(Request& request, const Statement& statement,
                                  std::shared_ptr<const Prepared>& prepared);
    void send_query(Request& request);
    void send_execute(Request& request);
    void send_batch(Request& request);
    template <class Message>
    void send(Request& request, const Message& message, const protocol::CustomPayload* payload, bool tracing);
    Error check_use(std::string_view text) const;
    Error check_text(const Statement& statement) const;
    Error check_size(std::size_t size) const;
    static Error fit(Statement& statement, const Prepared& prepared);

    // preparation.cpp: PREPARE, once for all who wait for it
    void submit_prepare(Request& request);
    PreparedCache::Entry& learn(std::string_view text, const Request& request);
    bool ask_others(PreparedCache::Entry& entry);
    void await_others(PreparedCache::Entry& entry);
    void tell_others(PreparedCache::Entry& entry, std::shared_ptr<const Prepared> prepared);
    void others_ended(const std::string& text);
    void send_prepare(PreparedCache::Entry& entry, const Request& request);
    void expect_prepared(PreparedCache::Entry& entry);
    Error on_prepared(PreparedCache::Entry& entry, const Answer& answer);
    void accept_prepared(PreparedCache::Entry& entry, std::shared_ptr<const Prepared> prepared);
    void prepare_failed(PreparedCache::Entry& entry, const Error& error);
    void prepare_refused(PreparedCache::Entry& entry, const Error& error);
    void forget(PreparedCache::Entry& entry, RequestList& waited) noexcept;
    void prepare_interrupted(PreparedCache::Entry& entry) noexcept;
    void release_waiting(RequestList& waiting);
    void release_prepared(RequestList& waiting);

    // repair.cpp: PREPARE again, where a host has forgotten
    bool repair(Request& request, const Error& error);
    Repair* find_repair(const Connection& connection, const std::vector<std::byte>& id) noexcept;
    Repair& send_repair(Connection& connection, HostIndex host, const std::shared_ptr<const Prepared>& forgotten);
    Error on_repaired(Repair& repair, const Answer& answer);
    void accept_repaired(std::unique_ptr<Repair> repair, const std::shared_ptr<const Prepared>& prepared);
    void accept_columns(const std::shared_ptr<const Prepared>& prepared);
    void refuse_repaired(std::unique_ptr<Repair> repair);
    void ask_anew(std::unique_ptr<Repair> repair);
    void repair_failed(std::unique_ptr<Repair> repair, const Error& error) noexcept;
    std::unique_ptr<Repair> take(Repair& repair) noexcept;

    // spreading.cpp: PREPARE, on hosts that nobody has sent the statement to yet
    void spread(const std::shared_ptr<const Prepared>& prepared, HostIndex origin);
    HostPreparation& begin_preparation(HostIndex host);
    void hold_back(HostPreparation& preparation);
    void go_on(HostPreparation& preparation);
    void go_on(const HostPool& pool);
    bool awaits_pool(const HostPreparation& preparation) const noexcept;
    bool send_next(HostPreparation& preparation);
    void spread_ended(HostIndex host);
    void end_preparation(HostIndex host);
    void prepared_by_other(HostIndex host);
    void admit(HostIndex host);
    void abandon_preparation(HostIndex host);
    void stop_preparing();

    // completion.cpp: from an answer to a handler
    struct Refused;
    void finish_later(Request& request, Error error);
    void drop(Request& request, const Error& error) noexcept;
    Error why_closed() const;
    std::string why_unsent() const;
    void end(Request& request) noexcept;

    // settling.cpp: until all nodes have a schema that was changed
    std::optional<Uuid> host_id_of(HostIndex host) const;
    bool is_settled(const Request& request, const Rows& rows) const noexcept;
    void settle(Request& execution, Rows rows);
    void settled(Request& request, bool agreed) noexcept;

    // tablets.cpp
    void learn_tablet(const Request& request, const ResponseExtras& extras);

    // connect.cpp, hosts.cpp
    void check_connected();
    void adjust_pools();
    void drop_pool(HostIndex host);
    std::size_t wanted_connections(HostIndex host) const;
    void shut(const Error& error) noexcept;

    // keyspace.cpp
    void in_keyspace(const std::string& keyspace, const Connection* switched);

    const Loop loop_;
    const std::shared_ptr<const Settings> settings_;
    const Profile& own_profile_ = settings_->profiles.front();
    const std::shared_ptr<Commons> commons_;
    Meter meter_;
    ConnectionOptions connection_options_; ///< those of the settings, with the keyspace of today
    const PoolSettings pool_settings_;
    std::string former_keyspace_;
    std::shared_ptr<ControlPlane> control_plane_;
    std::size_t number_ = 0;               ///< among the loops
    std::map<HostIndex, HostState> hosts_; ///< all that are there, used or not
    Pools pools_;
    std::uint64_t plan_number_;
    std::optional<Connecting> connecting_; ///< none: it is
    Error connect_failure_;                ///< why a host could not be connected to, the last time
    bool closed_ = false;
    std::uint32_t keyspace_generation_ = 0; ///< raised with every switch: what was asked before is of another keyspace
    std::vector<RequestList> waiting_;      ///< for a connection, or for a stream of it; by Profile::balancing
    RequestList paused_{meter_.queued};     ///< before they are tried again
    RequestList settling_{meter_.queued};   ///< done, but for the schema that they changed
    PreparedCache cache_;
    struct Sleeper : Deadline
    {
        SessionLoop* session = nullptr;
        std::list<Sleeper>::iterator place = {};
        std::function<void()> wake = {};
    };
    std::list<Sleeper> sleepers_;
    std::vector<std::unique_ptr<Repair>> repairs_;
    std::map<HostIndex, std::unique_ptr<HostPreparation>> preparations_;
};

}
