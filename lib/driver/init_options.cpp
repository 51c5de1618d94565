#include "lib/driver/make_driver.hpp"

#include "lib/session/settings.hpp"

// What of a driver's options its session takes, and what cannot go together.

namespace coodie::detail {

namespace {

/// Every option that says how to connect, beside what it becomes. A session that is given is connected already.
template <class Visit> void each_option(const InitOptions& from, SessionOptions& to, Visit visit)
{
    visit("hosts", from.hosts, to.hosts);
    visit("port", from.port, to.port);
    visit("shuffle_hosts", from.shuffle_hosts, to.shuffle_hosts);
    visit("metadata", from.metadata, to.metadata);
    visit("schema_metadata", from.schema_metadata, to.schema_metadata);
    visit("max_schema_agreement_wait", from.max_schema_agreement_wait, to.max_schema_agreement_wait);
    visit("username", from.username, to.username);
    visit("password", from.password, to.password);
    visit("tls", from.tls, to.tls);
    visit("application_name", from.application_name, to.application_name);
    visit("compression", from.compression, to.compression);
    visit("consistency", from.consistency, to.consistency);
    visit("serial_consistency", from.serial_consistency, to.serial_consistency);
    visit("page_size", from.page_size, to.page_size);
    visit("connect_timeout", from.connect_timeout, to.connect_timeout);
    visit("request_timeout", from.request_timeout, to.request_timeout);
    visit("attempt_timeout", from.attempt_timeout, to.attempt_timeout);
    visit("heartbeat_interval", from.heartbeat_interval, to.heartbeat_interval);
    visit("heartbeat_timeout", from.heartbeat_timeout, to.heartbeat_timeout);
    visit("silence_timeout", from.silence_timeout, to.silence_timeout);
    visit("connections_per_local_host", from.connections_per_local_host, to.connections_per_local_host);
    visit("connections_per_remote_host", from.connections_per_remote_host, to.connections_per_remote_host);
    visit("max_in_flight", from.max_in_flight, to.max_in_flight);
    visit("max_queued", from.max_queued, to.max_queued);
    visit("max_orphans", from.max_orphans, to.max_orphans);
    visit("prepared_cache_capacity", from.prepared_cache_capacity, to.prepared_cache_capacity);
    visit("prepare_on_all_hosts", from.prepare_on_all_hosts, to.prepare_on_all_hosts);
    visit("prepare_on_up", from.prepare_on_up, to.prepare_on_up);
    visit("max_frame", from.max_frame, to.max_frame);
    visit("load_balancing_policy", from.load_balancing_policy, to.load_balancing_policy);
    visit("reconnection_policy", from.reconnection_policy, to.reconnection_policy);
    visit("retry_policy", from.retry_policy, to.retry_policy);
    visit("speculative_execution_policy", from.speculative_execution_policy, to.speculative_execution_policy);
    visit("timestamps", from.timestamps, to.timestamps);
    visit("address_translator", from.address_translator, to.address_translator);
    visit("host_listener", from.host_listener, to.host_listener);
    visit("profiles", from.profiles, to.profiles);
    visit("observer", from.observer, to.observer);
    visit("log", from.log, to.log);
    visit("log_level", from.log_level, to.log_level);
    visit("threads", from.threads, to.threads);
    visit("loops", from.loops, to.loops);
}

template <class T> bool is_given(const T& option)
{
    if constexpr (requires { option.has_value(); })
        return option.has_value();
    else if constexpr (requires { option.empty(); })
        return !option.empty();
    else if constexpr (requires { option.begin(); })
        return option.begin() != option.end();
    else
        return static_cast<bool>(option);
}

template <class T> const T& value_of(const T& option) noexcept
{
    return option;
}
template <class T> const T& value_of(const Choice<T>& option) noexcept
{
    return *option;
}

/// The first option that is given; null: none is.
const char* first_given(const InitOptions& options)
{
    SessionOptions unused;
    const char* first = nullptr;
    each_option(options, unused, [&](const char* name, const auto& option, const auto&) {
        if (!first && is_given(option))
            first = name;
    });
    return first;
}

Error refusal(std::string sentence)
{
    return {errc::configuration, "init_coodie: " + std::move(sentence)};
}

Error check_session(const InitOptions& options)
{
    if (const auto* option = options.lazy ? "lazy" : first_given(options))
        return refusal(std::string{"session and "} + option + " are both given; a session is connected already");
    const auto used = options.session.keyspace();
    if (!options.keyspace.empty() && !used.empty() && options.keyspace != used)
        return refusal("keyspace is '" + options.keyspace + "', but session uses '" + used + "'; give one of them");
    return {};
}

}

SessionOptions session_options(const InitOptions& options)
{
    SessionOptions chosen;
    chosen.keyspace = options.keyspace;
    each_option(options, chosen, [](const char*, const auto& option, auto& target) {
        if (is_given(option))
            target = value_of(option);
    });
    return chosen;
}

Error check(const InitOptions& options)
{
    if (options.name.empty())
        return refusal("name is empty; the registry needs one");
    if (options.session)
        return check_session(options);
    if (options.threads && !options.loops.empty())
        return refusal("threads and loops are both given; on loops of yours the library makes no threads");
    if (options.username.empty() && !options.password.empty())
        return refusal("password is given, but username is not");
    const auto settings = Settings::of(session_options(options));
    return settings ? Error{} : settings.error();
}

}
