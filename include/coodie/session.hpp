#pragma once

#include <chrono>
#include <coodie/any_handler.hpp>
#include <coodie/execution_profiles.hpp>
#include <coodie/log.hpp>
#include <coodie/loop.hpp>
#include <coodie/rows.hpp>
#include <coodie/statement.hpp>
#include <coodie/tls_options.hpp>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace coodie {

struct ClusterMetadata; // needs <coodie/cluster_metadata.hpp>
struct QueryTrace;      // needs <coodie/query_trace.hpp>, and so do its options
struct QueryTraceOptions;
class Host;              // needs <coodie/host.hpp>
class AddressTranslator; // these seven: needs <coodie/policies.hpp>
class HostListener;
class LoadBalancingPolicy;
class ReconnectionPolicy;
class RequestObserver;
class RetryPolicy;
class SpeculativeExecutionPolicy;
class TimestampGenerator;
struct Metrics;
class Pages;
struct PagesOptions;
struct PoolState;

enum class Compression : std::uint8_t
{
    none,
    lz4,
    snappy,
};

/// How to reach the cluster and what requests get when they do not say. Every duration and limit is checked by connect.
struct SessionOptions
{
    std::vector<std::string> hosts = {"127.0.0.1"}; ///< "host", "host:port", "[::1]:9042"
    std::uint16_t port = 9042;                      ///< for hosts that name none
    bool shuffle_hosts = true;                      ///< which of them is asked first
    bool metadata = true;                           ///< false: `hosts` are all hosts, and no server is asked for others
    bool schema_metadata = true; ///< false: the schema is not read, and no request goes to its replicas first
    /// A statement that changes the schema is answered once all nodes that are up have the new one, and the session has
    /// read it; or after so long, or when its own timeout or the session ends: ResponseExtras::schema_in_agreement says
    /// which, for the change itself was made. 0: nobody waits.
    std::chrono::milliseconds max_schema_agreement_wait{10'000};
    std::string keyspace = {};          ///< as the server keeps it: create_keyspace("Shop") made "shop"
    std::string username = {};          ///< PLAIN (SASL); empty: no credentials
    std::string password = {};          ///< never logged
    std::optional<TlsOptions> tls = {}; ///< nothing: plain TCP
    std::string application_name = {};
    Compression compression = Compression::none; ///< used when the server has it
    Consistency consistency = Consistency::local_one;
    Consistency serial_consistency = Consistency::serial;
    std::int32_t page_size = 5000; ///< rows
    /// To resolve a host's name, and again to connect and shake hands with each of its addresses, one after the other;
    /// no other address is begun after three of these, so that a host takes at most four. All of Session::connect ends
    /// in any case after four of these, five seconds for each of `hosts`, and half a minute for the schema.
    std::chrono::milliseconds connect_timeout{5'000};
    std::chrono::milliseconds request_timeout{10'000};
    /// Of one host's answer; none: only the whole request has a limit. Beyond it an idempotent request goes to the next
    /// host, whatever the retry policy, and any other ends: the silent host may still do the work.
    std::optional<std::chrono::milliseconds> attempt_timeout = {};
    std::chrono::milliseconds heartbeat_interval{30'000}; ///< OPTIONS on an idle connection; 0: none
    std::chrono::milliseconds heartbeat_timeout{5'000};
    /// A server that owes answers and says nothing for so long is lost; on the way there it is asked whether it is
    /// there, so that slow answers are no silence. 0: heartbeats alone find out.
    std::chrono::milliseconds silence_timeout{2'000};
    /// Of each loop; to a ScyllaDB host, of each loop to each of its shards, so that no request changes its thread on
    /// the way: 4 loops open 64 connections to a host of 16 shards.
    std::size_t connections_per_local_host = 1;
    std::size_t connections_per_remote_host = 1;
    std::uint32_t max_in_flight = 32'768; ///< stream ids of one connection, at most 32 768
    std::uint32_t max_queued = 65'536;    ///< requests that wait for a stream id; beyond: Overloaded
    std::uint32_t max_orphans =
        1'024; ///< given-up stream ids before the connection is replaced; all of them are too many
    std::uint32_t prepared_cache_capacity = 1'024; ///< statements, least recently used goes first
    /// What one host has prepared the others are told of, in the background. False: each when it is first asked for it.
    bool prepare_on_all_hosts = true;
    /// A host that comes back, or is added, is told of all prepared statements before it takes requests, unless that
    /// takes more than two seconds. False: of each when it is first asked for it.
    bool prepare_on_up = true;
    std::uint32_t max_frame = 256U << 20U;                                 ///< bytes of a body, decompressed as well
    std::shared_ptr<const LoadBalancingPolicy> load_balancing_policy = {}; ///< null: DefaultLoadBalancingPolicy
    std::shared_ptr<const ReconnectionPolicy> reconnection_policy = {};    ///< null: ExponentialReconnection
    std::shared_ptr<const RetryPolicy> retry_policy = {};                  ///< null: DefaultRetryPolicy
    std::shared_ptr<SpeculativeExecutionPolicy> speculative_execution_policy =
        {}; ///< null: none; delays end with a tick of 10 ms
    /// What dates a request that names no timestamp; one date for all attempts. Null: MonotonicTimestamps.
    std::shared_ptr<TimestampGenerator> timestamps = {};
    std::shared_ptr<const AddressTranslator> address_translator = {}; ///< null: addresses are what they are
    std::shared_ptr<HostListener> host_listener = {};
    ExecutionProfiles profiles = {};                ///< for Statement::profile
    std::shared_ptr<RequestObserver> observer = {}; ///< needs <coodie/observer.hpp>
    LogSink log = {};
    LogLevel log_level = LogLevel::info;
    std::size_t threads = 1; ///< of the session's own; ignored when `loops` are given
    /// The user's contexts: the library makes no thread. Of several, threads must run all but the first before connect
    /// is called; with those that nobody runs, calls that need all loops end late, by their timeouts.
    std::vector<Loop> loops = {};
};

struct BoundColumn
{
    std::string name;
    DataType type;
};

/// A statement as the server prepared it. Threads: a handle; share it freely.
class COODIE_API PreparedStatement
{
public:
    PreparedStatement() noexcept = default;
    explicit PreparedStatement(std::shared_ptr<const detail::Prepared> prepared) noexcept
        : prepared_{std::move(prepared)}
    {
    }
    /// The statement with these values. Their number and types are checked when it is executed.
    template <class... T> Statement bind(const T&... values) const
    {
        auto statement = unbound();
        statement.bind(values...);
        return statement;
    }
    Statement unbound() const;
    std::string_view text() const noexcept;
    const std::vector<ColumnSpec>& bind_columns() const noexcept;
    const ResultMetadata& result_metadata() const noexcept;

private:
    std::shared_ptr<const detail::Prepared> prepared_;
};

namespace detail {
struct SessionAccess;
class SessionState;
}

/// A client's way into a cluster: connects, prepares, executes. Names as in AbstractDriver, which stands on it.
/// Lifetime: a handle; the last one closes it. Threads: any. Errors: blocking calls throw CoodieError.
class COODIE_API Session
{
public:
    Session() noexcept = default;
    /// Errors: ConfigurationError, NoHostAvailable (with one attempt a host), AuthenticationError, InvalidRequest (no
    /// such keyspace).
    static Session connect(SessionOptions options);

    Rows execute(Statement statement);
    Rows execute(Batch batch);
    /// All pages of the answer, one after the other; nothing is asked yet.
    Pages pages(Statement statement);                              ///< needs <coodie/pages.hpp>
    Pages pages(Statement statement, const PagesOptions& options); ///< needs <coodie/pages.hpp>
    PreparedStatement prepare(std::string cql);
    void set_keyspace(std::string keyspace); ///< USE on every connection, new ones included
    void close();                            ///< requests in flight end with errc::closed

    /// The cluster as the session knows it now; that of the end, when it is closed.
    ClusterMetadata metadata() const;
    std::vector<std::shared_ptr<const Host>> hosts() const; ///< that are there
    /// Reads the schema of a keyspace, or of all, without waiting for an event. Then it is in metadata().
    /// Errors: ConfigurationError in a session whose options say that it reads none.
    void refresh_schema(std::string keyspace = {});
    /// Whether all nodes that are up have the same schema, now. False also when none can be asked.
    bool schema_in_agreement();
    /// What the nodes did for a request that was executed with ExecuteOptions::tracing: ResponseExtras::tracing_id.
    /// Waits until the trace is complete. Errors: TraceUnavailable when it is not in time.
    QueryTrace query_trace(const Uuid& tracing_id);
    QueryTrace query_trace(const Uuid& tracing_id, const QueryTraceOptions& options);

    template <class Token>
    static auto async_connect(const SessionOptions& options, Token&& token);               // needs <coodie/async.hpp>
    template <class Token> auto async_execute(Statement statement, Token&& token);         // needs <coodie/async.hpp>
    template <class Token> auto async_execute(const Batch& batch, Token&& token);          // needs <coodie/async.hpp>
    template <class Token> auto async_prepare(std::string cql, Token&& token);             // needs <coodie/async.hpp>
    template <class Token> auto async_set_keyspace(std::string keyspace, Token&& token);   // needs <coodie/async.hpp>
    template <class Token> auto async_close(Token&& token);                                // needs <coodie/async.hpp>
    template <class Token> auto async_refresh_schema(std::string keyspace, Token&& token); // needs <coodie/async.hpp>
    template <class Token> auto async_schema_in_agreement(Token&& token);                  // needs <coodie/async.hpp>
    template <class Token> auto async_pool_state(Token&& token); // needs <coodie/async.hpp>, <coodie/pool_state.hpp>
    template <class Token>
    auto async_query_trace(const Uuid& tracing_id, QueryTraceOptions options,
                           Token&& token); // needs <coodie/async.hpp>
    // Made in the call itself: g++ 12 destroys them twice beside co_await. Name them first.
    template <class Token> static void async_connect(const SessionOptions&& name_them_first, Token&& token) = delete;
    template <class Token> void async_execute(const Batch&& name_it_first, Token&& token) = delete;

    std::string keyspace() const;
    /// Any thread, inside handlers too: reads what the loops have written down.
    Metrics metrics() const; ///< needs <coodie/metrics.hpp>
    /// By host, in the order in which the session met them. Asks every loop: see async_pool_state for inside handlers.
    std::vector<PoolState> pool_state() const; ///< needs <coodie/pool_state.hpp>
    const SessionOptions& options() const noexcept;
    Loop loop() const noexcept;
    explicit operator bool() const noexcept { return state_ != nullptr; }

private:
    friend struct detail::SessionAccess;
    explicit Session(std::shared_ptr<detail::SessionState> state) noexcept : state_{std::move(state)} {}
    std::shared_ptr<detail::SessionState> state_;
};

namespace detail {

/// The type-erased operations behind both the blocking and the async_ names.
struct COODIE_API SessionAccess
{
    static void connect(SessionOptions options, AnyHandler<void(std::exception_ptr, Session)> handler);
    static void connect(std::shared_ptr<SessionState> state, AnyHandler<void(std::exception_ptr, Session)> handler);
    static void execute(Session& session, Statement statement, RowsHandler handler);
    static void execute(Session& session, Batch batch, RowsHandler handler);
    static void prepare(Session& session, std::string cql,
                        AnyHandler<void(std::exception_ptr, PreparedStatement)> handler);
    static void set_keyspace(Session& session, std::string keyspace, AnyHandler<void(std::exception_ptr)> handler);
    static void close(Session& session, AnyHandler<void(std::exception_ptr)> handler);
    static void pool_state(const Session& session,
                           AnyHandler<void(std::exception_ptr, std::vector<PoolState>)> handler);
    static void refresh_schema(Session& session, std::string keyspace, AnyHandler<void(std::exception_ptr)> handler);
    static void query_trace(Session& session, const Uuid& tracing_id, const QueryTraceOptions& options,
                            AnyHandler<void(std::exception_ptr, QueryTrace)> handler);
    static void schema_in_agreement(Session& session, AnyHandler<void(std::exception_ptr, bool)> handler);
};

}

}
