#pragma once

#include <coodie/choice.hpp>
#include <coodie/registry.hpp>
#include <coodie/session.hpp>

namespace coodie {

/// Where a driver connects to, or the session that it stands on, and the name it is registered under.
/// What is not set is as SessionOptions has it. What cannot go together is a ConfigurationError that names both.
struct InitOptions
{
    std::vector<std::string> hosts = {}; ///< "host", "host:port", "[::1]:9042"; empty: 127.0.0.1
    Session session = {};                ///< instead of hosts; stays its owner's, who closes it
    std::string keyspace = {};           ///< as the server keeps it; also for a session that uses none yet
    std::string name = "default";        ///< in the registry
    bool make_default = true;            ///< the driver that was made last answers for the empty name
    bool lazy = false;                   ///< connects when it is asked for something the first time: see LazyDriver
    Choice<std::uint16_t> port = {};
    Choice<bool> shuffle_hosts = {};
    Choice<bool> metadata = {};
    Choice<bool> schema_metadata = {};
    Choice<std::chrono::milliseconds> max_schema_agreement_wait = {};
    std::string username = {};
    std::string password = {}; ///< never logged
    Choice<TlsOptions> tls = {};
    std::string application_name = {};
    Choice<Compression> compression = {};
    Choice<Consistency> consistency = {};
    Choice<Consistency> serial_consistency = {};
    Choice<std::int32_t> page_size = {};
    Choice<std::chrono::milliseconds> connect_timeout = {};
    Choice<std::chrono::milliseconds> request_timeout = {};
    Choice<std::chrono::milliseconds> attempt_timeout = {};
    Choice<std::chrono::milliseconds> heartbeat_interval = {};
    Choice<std::chrono::milliseconds> heartbeat_timeout = {};
    Choice<std::chrono::milliseconds> silence_timeout = {};
    Choice<std::size_t> connections_per_local_host = {};
    Choice<std::size_t> connections_per_remote_host = {};
    Choice<std::uint32_t> max_in_flight = {};
    Choice<std::uint32_t> max_queued = {};
    Choice<std::uint32_t> max_orphans = {};
    Choice<std::uint32_t> prepared_cache_capacity = {};
    Choice<bool> prepare_on_all_hosts = {};
    Choice<bool> prepare_on_up = {};
    Choice<std::uint32_t> max_frame = {};
    std::shared_ptr<const LoadBalancingPolicy> load_balancing_policy = {}; // these seven: needs <coodie/policies.hpp>
    std::shared_ptr<const ReconnectionPolicy> reconnection_policy = {};
    std::shared_ptr<const RetryPolicy> retry_policy = {};
    std::shared_ptr<SpeculativeExecutionPolicy> speculative_execution_policy = {};
    std::shared_ptr<TimestampGenerator> timestamps = {};
    std::shared_ptr<const AddressTranslator> address_translator = {};
    std::shared_ptr<HostListener> host_listener = {};
    ExecutionProfiles profiles = {};
    std::shared_ptr<RequestObserver> observer = {}; ///< needs <coodie/observer.hpp>
    LogSink log = {};
    Choice<LogLevel> log_level = {};
    Choice<std::size_t> threads = {};
    std::vector<Loop> loops = {}; ///< instead of threads
};

/// Connects and registers a CqlDriver: init_coodie({.hosts = {"127.0.0.1"}, .keyspace = "my_ks"}).
/// Errors: as Session::connect; nothing is registered then.
COODIE_API std::shared_ptr<AbstractDriver> init_coodie(const InitOptions& options);

/// Completes with void(std::exception_ptr, std::shared_ptr<AbstractDriver>).
template <class Token> auto async_init_coodie(const InitOptions& options, Token&& token); // needs <coodie/async.hpp>
/// g++ 12 destroys an aggregate temporary twice that shares a statement with co_await: name the options first.
template <class Token> void async_init_coodie(const InitOptions&& options, Token&& token) = delete;

namespace detail {

using DriverHandler = AnyHandler<void(std::exception_ptr, std::shared_ptr<AbstractDriver>)>;
COODIE_API void start_init(InitOptions options, DriverHandler handler);
/// Where the driver will live, as far as the options know.
COODIE_API Loop loop_behind(const InitOptions& options);

}

}
