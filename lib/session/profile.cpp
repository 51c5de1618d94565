#include "lib/session/profile.hpp"

#include "lib/session/loop_timestamps.hpp"

namespace coodie::detail {

namespace {

std::size_t place_of(const std::shared_ptr<const LoadBalancingPolicy>& policy, BalancingPolicies& balancing)
{
    const auto found = std::ranges::find(balancing, policy);
    const auto place = static_cast<std::size_t>(found - balancing.begin());
    if (found == balancing.end())
        balancing.push_back(policy);
    return place;
}

std::shared_ptr<TimestampGenerator> timestamps_of(const SessionOptions& options)
{
    if (options.timestamps)
        return options.timestamps;
    if ((options.loops.empty() ? options.threads : options.loops.size()) == 1)
        return std::make_shared<LoopTimestamps>();
    return std::make_shared<MonotonicTimestamps>();
}

Profile session_profile(const SessionOptions& options)
{
    return {.consistency = options.consistency,
            .serial_consistency = options.serial_consistency,
            .page_size = options.page_size,
            .request_timeout = options.request_timeout,
            .timestamps = timestamps_of(options),
            .speculative = options.speculative_execution_policy,
            .retry = options.retry_policy,
            .attempt_timeout = options.attempt_timeout};
}

template <class T> const std::shared_ptr<T>& one_of(const std::shared_ptr<T>& own, const std::shared_ptr<T>& other)
{
    return own ? own : other;
}

Profile named_profile(const NamedProfile& named, const Profile& base, BalancingPolicies& balancing)
{
    const auto& own = named.profile;
    return {.consistency = own.consistency.value_or(base.consistency),
            .serial_consistency = own.serial_consistency.value_or(base.serial_consistency),
            .page_size = own.page_size.value_or(base.page_size),
            .request_timeout = own.request_timeout.value_or(base.request_timeout),
            .idempotent = own.idempotent.value_or(base.idempotent),
            .tracing = own.tracing.value_or(base.tracing),
            .balancing = own.load_balancing ? place_of(own.load_balancing, balancing) : base.balancing,
            .timestamps = one_of(own.timestamps, base.timestamps),
            .speculative = one_of(own.speculative, base.speculative),
            .retry = one_of(own.retry, base.retry),
            .attempt_timeout = own.attempt_timeout ? own.attempt_timeout : base.attempt_timeout,
            .name = named.name};
}

const char* problem_of(const ExecutionProfile& profile)
{
    if (profile.request_timeout && profile.request_timeout->count() <= 0)
        return "request_timeout is not above 0";
    if (profile.attempt_timeout && profile.attempt_timeout->count() <= 0)
        return "attempt_timeout is not above 0; leave it out to have the session's";
    if (profile.page_size && *profile.page_size <= 0)
        return "page_size is not above 0";
    if (profile.serial_consistency && !is_serial(*profile.serial_consistency))
        return "serial_consistency is neither serial nor local_serial";
    return nullptr;
}

}

std::vector<Profile> profiles_of(const SessionOptions& options, BalancingPolicies& balancing)
{
    balancing = {options.load_balancing_policy};
    std::vector<Profile> profiles{session_profile(options)};
    for (const auto& named : options.profiles)
        profiles.push_back(named_profile(named, profiles.front(), balancing));
    for (auto& profile : profiles)
        profile.is_watched = profile.attempt_timeout || profile.speculative;
    return profiles;
}

Error check_profiles(const ExecutionProfiles& profiles)
{
    for (const auto& named : profiles) {
        const auto is_same = [&](const NamedProfile& other) { return other.name == named.name; };
        if (named.name.empty())
            return {errc::configuration, "session options: an execution profile has no name"};
        if (std::ranges::count_if(profiles, is_same) != 1)
            return {errc::configuration, "session options: two execution profiles are called '" + named.name + "'"};
        if (const auto* problem = problem_of(named.profile))
            return {errc::configuration,
                    "session options: execution profile '" + named.name + "': " + std::string{problem}};
    }
    return {};
}

Error unknown_profile(std::string_view name, const std::vector<Profile>& profiles)
{
    std::string known;
    for (const auto& profile : profiles)
        if (!profile.name.empty())
            known += (known.empty() ? "'" : ", '") + profile.name + "'";
    return {errc::configuration, "no execution profile is called '" + std::string{name} + "'; the session has " +
                                     (known.empty() ? "none" : known)};
}

}
