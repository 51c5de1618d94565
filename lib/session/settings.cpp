#include "lib/session/settings.hpp"

#include <algorithm>

namespace coodie::detail {

namespace {

Error refusal(std::string sentence)
{
    return {errc::configuration, "session options: " + std::move(sentence)};
}

Error check_durations(const SessionOptions& options)
{
    struct Duration
    {
        const char* name;
        std::chrono::milliseconds value;
    };
    for (const auto& [name, value] :
         {Duration{"connect_timeout", options.connect_timeout}, Duration{"request_timeout", options.request_timeout},
          Duration{"heartbeat_timeout", options.heartbeat_timeout}})
        if (value.count() <= 0)
            return refusal(std::string{name} + " is not above 0");
    if (options.heartbeat_interval.count() < 0)
        return refusal("heartbeat_interval is below 0; 0 switches heartbeats off");
    return {};
}

Error check_limits(const SessionOptions& options)
{
    if (options.max_in_flight == 0 || options.max_in_flight > 32'768)
        return refusal("max_in_flight is not from 1 to 32768");
    if (options.connections_per_local_host == 0 || options.connections_per_remote_host == 0)
        return refusal(
            "connections_per_local_host or connections_per_remote_host is 0; a host that gets no connections "
            "is one that the load balancing policy ignores");
    if (options.prepared_cache_capacity == 0)
        return refusal("prepared_cache_capacity is 0; statements cannot be executed without it");
    if (options.max_frame < protocol::max_body_before_authentication || options.max_frame > protocol::max_int)
        return refusal("max_frame is not from 64 KiB to 2 GiB");
    if (options.page_size <= 0)
        return refusal("page_size is not above 0");
    if (!is_serial(options.serial_consistency))
        return refusal("serial_consistency is neither serial nor local_serial");
    if (options.loops.empty() && options.threads == 0)
        return refusal("neither threads nor loops are given");
    for (const auto& loop : options.loops)
        if (!loop)
            return refusal("one of the loops is null; make them by loop_of(io_context)");
    return {};
}

ConnectionOptions connection_options(const SessionOptions& options)
{
    return {.handshake = {.username = options.username,
                          .password = options.password,
                          .application_name = options.application_name,
                          .keyspace = options.keyspace,
                          .shows_certificate = options.tls && !options.tls->certificate_file.empty(),
                          .compression = options.compression},
            .limits = {.max_body = options.max_frame, .max_streams = options.max_in_flight},
            .connect_timeout = options.connect_timeout,
            .heartbeat_interval = bounded(options.heartbeat_interval),
            .heartbeat_timeout = bounded(options.heartbeat_timeout),
            .max_orphans = std::min(options.max_orphans, options.max_in_flight - 1)};
}

/// Each once, in the order of the options.
Result<std::vector<KnownHost>> known_hosts(const SessionOptions& options)
{
    std::vector<KnownHost> hosts;
    for (const auto& text : options.hosts) {
        auto server = ContactPoint::parse(text, options.port);
        if (!server)
            return server.error();
        const auto address = server->to_string();
        if (std::ranges::any_of(hosts, [&](const auto& known) { return known.host->address() == address; }))
            continue;
        const auto index = static_cast<HostIndex>(hosts.size());
        hosts.push_back({HostAccess::make(index, {.address = address}), std::move(*server)});
    }
    if (hosts.empty())
        return refusal("hosts is empty; name at least one server");
    return hosts;
}

template <class Policy, class Interface> void choose(std::shared_ptr<const Interface>& policy)
{
    if (!policy)
        policy = std::make_shared<Policy>();
}

void choose_policies(SessionOptions& options)
{
    choose<DefaultLoadBalancingPolicy>(options.load_balancing_policy);
    choose<ExponentialReconnection>(options.reconnection_policy);
    choose<DefaultRetryPolicy>(options.retry_policy);
}

}

Result<std::shared_ptr<const Settings>> Settings::of(SessionOptions options)
{
    if (auto error = check_durations(options))
        return error;
    if (auto error = check_limits(options))
        return error;
    auto hosts = known_hosts(options);
    if (!hosts)
        return hosts.error();
    auto settings = std::make_shared<Settings>();
    settings->hosts = std::move(*hosts);
    settings->connection = connection_options(options);
    if (options.tls) {
        auto tls = TlsSource::make(*options.tls);
        if (!tls)
            return tls.error();
        settings->connection.tls = std::move(*tls);
    }
    settings->options = std::move(options);
    choose_policies(settings->options);
    return std::shared_ptr<const Settings>{std::move(settings)};
}

}
