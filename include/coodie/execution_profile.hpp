#pragma once

#include <coodie/execution_profiles.hpp>
#include <coodie/load_balancing.hpp>
#include <coodie/retry_policy.hpp>
#include <coodie/speculative_execution.hpp>
#include <coodie/timestamp_generator.hpp>

namespace coodie {

/// What a kind of requests gets, under a name. A statement's own options come before it; what it does not set comes
/// from the session's options. With a load balancing policy of its own, a host gets connections if that policy or the
/// session's uses it.
struct ExecutionProfile
{
    std::optional<Consistency> consistency = {};
    std::optional<Consistency> serial_consistency = {};
    std::optional<std::chrono::milliseconds> request_timeout = {};
    std::optional<std::chrono::milliseconds> attempt_timeout = {}; ///< of one host's answer
    std::optional<std::int32_t> page_size = {};                    ///< rows
    std::optional<bool> idempotent = {}; ///< not of lightweight transactions: theirs is said by each statement
    std::optional<bool> tracing = {};
    std::shared_ptr<const LoadBalancingPolicy> load_balancing = {};
    std::shared_ptr<const RetryPolicy> retry = {};
    std::shared_ptr<SpeculativeExecutionPolicy> speculative = {};
    std::shared_ptr<TimestampGenerator> timestamps = {};
};

struct NamedProfile
{
    std::string name; ///< not empty, and no other's
    ExecutionProfile profile;
};

}
