#include <coodie/retry_policy.hpp>

namespace coodie {

RetryPolicy::~RetryPolicy() = default;

RetryDecision FallthroughRetryPolicy::decide(const FailedAttempt&) const
{
    return {};
}

}
