#pragma once

#include <coodie/policies.hpp>
#include <coodie/session.hpp>

namespace coodie::detail {

/// What requests of one execution profile get unless their statements say otherwise, all of it decided. What each
/// request looks at comes first.
struct alignas(64) Profile
{
    Consistency consistency;
    Consistency serial_consistency;
    std::int32_t page_size;
    std::chrono::milliseconds request_timeout;
    bool idempotent = false;
    bool tracing = false;
    bool is_watched = false;   ///< something may happen before the request's own end
    std::size_t balancing = 0; ///< its policy's place in Settings::balancing
    std::shared_ptr<TimestampGenerator> timestamps;
    std::shared_ptr<SpeculativeExecutionPolicy> speculative; ///< null: none
    std::shared_ptr<const RetryPolicy> retry;
    std::optional<std::chrono::milliseconds> attempt_timeout;
    std::string name = {}; ///< empty: what the session itself says
};

using BalancingPolicies = std::vector<std::shared_ptr<const LoadBalancingPolicy>>;

/// The session's own, then the named ones in their order. The policies by which they balance are gathered, each once:
/// the session's own is the first.
std::vector<Profile> profiles_of(const SessionOptions& options, BalancingPolicies& balancing);

/// Errors: errc::configuration, naming the profile and its option.
Error check_profiles(const ExecutionProfiles& profiles);

Error unknown_profile(std::string_view name, const std::vector<Profile>& profiles);

}
