#include <lib/policies/retry_rules.hpp>

namespace coodie {

namespace {

using namespace policies;

/// Enough replicas answered, but not the one that was asked for the data itself: another try asks another one.
bool only_data_is_missing(const ReadTimeoutFields& fields) noexcept
{
    return fields.received >= fields.block_for && !fields.data_present;
}

}

RetryDecision DefaultRetryPolicy::decide(const FailedAttempt& attempt) const
{
    if (!attempt.sent)
        return next_node;
    // Of a serial read that failed nobody knows which state it left behind.
    if (is_serial(attempt.consistency))
        return rethrow;

    const bool first = attempt.retries == 0;
    const auto& fields = attempt.error.fields();
    if (const auto* unavailable = std::get_if<UnavailableFields>(&fields))
        return next_node_if(first && (attempt.idempotent || nothing_was_done(attempt, *unavailable)));
    if (const auto* timeout = std::get_if<ReadTimeoutFields>(&fields))
        return first && only_data_is_missing(*timeout) ? same_node : rethrow;
    if (const auto* timeout = std::get_if<WriteTimeoutFields>(&fields))
        return first && attempt.idempotent && timeout->write_type == "BATCH_LOG" ? same_node : rethrow;
    return decide_by_error(attempt);
}

}
