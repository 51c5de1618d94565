#pragma once

#include <coodie/retry_policy.hpp>

namespace coodie::policies {

constexpr RetryDecision rethrow{};
constexpr RetryDecision same_node{.step = RetryStep::same_node};
constexpr RetryDecision next_node{.step = RetryStep::next_node};

constexpr RetryDecision next_node_if(bool allowed) noexcept
{
    return allowed ? next_node : rethrow;
}

/// Whether too few replicas were there before the server did anything. Of a lightweight transaction only those that
/// must promise are counted before; those that must commit are counted when it is agreed.
inline bool nothing_was_done(const FailedAttempt& attempt, const UnavailableFields& fields) noexcept
{
    return !attempt.is_lwt || is_serial(fields.consistency);
}

/// What all policies that retry have in common: errors that say nothing of replicas.
RetryDecision decide_by_error(const FailedAttempt& attempt);

}
