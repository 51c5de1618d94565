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

/// What all policies that retry have in common: errors that say nothing of replicas.
RetryDecision decide_by_error(const FailedAttempt& attempt);

}
