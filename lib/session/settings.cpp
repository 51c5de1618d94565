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
    if (options.attempt_timeout && options.attempt_timeout->count() <= 0)
        return refusal("attempt_timeout is not above 0; leave it out to set none");
    if (options.max_schema_agreement_wait.count() < 0)
        return refusal("max_schema_agreement_wait is below 0; 0 switches the wait off");
    if (options.heartbeat_interval.count() < 0)
        return refusal("heartbeat_interval is below 0; 0 switches heartbeats off");
    if (options.silence_timeout.count() < 0)
        return refusal("silence_timeout is below 0; 0 leaves silence to the heartbeats");
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
        else if (loop.state()->has_ended())
            return {errc::closed, "the context that one of the loops was made of is destroyed; nothing runs there"};
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
            .silence_timeout = bounded(options.silence_timeout),
            .max_orphans = std::min(options.max_orphans, options.max_in_flight - 1)};
}

/// Each once, in the order of the options.
Result<std::vector<ContactPoint>> contact_points(const SessionOptions& options)
{
    std::vector<ContactPoint> points;
    for (const auto& text : options.hosts) {
        auto point = ContactPoint::parse(text, options.port);
        if (!point)
            return point.error();
        const auto is_same = [&](const ContactPoint& other) { return other.to_string() == point->to_string(); };
        if (std::ranges::none_of(points, is_same))
            points.push_back(std::move(*point));
    }
    if (points.empty())
        return refusal("hosts is empty; name at least one server");
    return points;
}

std::shared_ptr<const ClusterOptions> cluster_options(const SessionOptions& options, std::vector<ContactPoint> points,
                                                      const ConnectionOptions& connection)
{
    auto cluster = std::make_shared<ClusterOptions>();
    cluster->contact_points = std::move(points);
    cluster->connection = connection;
    cluster->shuffle_contact_points = options.shuffle_hosts;
    cluster->metadata = options.metadata;
    cluster->schema = options.schema_metadata;
    cluster->translator = options.address_translator;
    cluster->reconnection = options.reconnection_policy;
    cluster->host_listener = options.host_listener;
    cluster->log = std::make_shared<Log>(options.log, options.log_level);
    return cluster;
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
    if (auto error = check_profiles(options.profiles))
        return error;
    auto points = contact_points(options);
    if (!points)
        return points.error();
    auto settings = std::make_shared<Settings>();
    choose_policies(options);
    settings->connection = connection_options(options);
    if (options.tls) {
        auto tls = TlsSource::make(*options.tls);
        if (!tls)
            return tls.error();
        settings->connection.tls = std::move(*tls);
    }
    settings->cluster = cluster_options(options, std::move(*points), settings->connection);
    settings->profiles = profiles_of(options, settings->balancing);
    settings->options = std::move(options);
    return std::shared_ptr<const Settings>{std::move(settings)};
}

std::chrono::milliseconds Settings::connect_limit() const noexcept
{
    const auto hosts = static_cast<int>(cluster->contact_points.size());
    return 4 * bounded(options.connect_timeout) + hosts * cluster->query_timeout + cluster->answer_timeout;
}

const Profile& Settings::profile_or_own(std::string_view name) const noexcept
{
    const auto found = std::ranges::find(profiles, name, &Profile::name);
    return found == profiles.end() ? profiles.front() : *found;
}

}
