#include <lib/policies/retry_rules.hpp>

namespace coodie {

namespace {

using namespace policies;

/// Again with what `replicas` can give.
RetryDecision downgraded(std::int32_t replicas, Consistency consistency)
{
    const auto with = [](Consistency lower) {
        return RetryDecision{.step = RetryStep::same_node, .consistency = lower};
    };
    if (replicas >= 3)
        return with(Consistency::three);
    if (replicas == 2)
        return with(Consistency::two);
    // EACH_QUORUM counts one datacenter only: others may have replicas although it has none (JAVA-1005).
    if (replicas == 1 || consistency == Consistency::each_quorum)
        return with(Consistency::one);
    return rethrow;
}

RetryDecision after(const UnavailableFields& fields)
{
    if (is_serial(fields.consistency))
        return next_node;
    return downgraded(fields.alive, fields.consistency);
}

RetryDecision after(const ReadTimeoutFields& fields)
{
    if (is_serial(fields.consistency))
        return rethrow;
    if (fields.received < fields.block_for)
        return downgraded(fields.received, fields.consistency);
    return fields.data_present ? rethrow : same_node;
}

RetryDecision after(const WriteTimeoutFields& fields)
{
    if (is_serial(fields.consistency))
        return rethrow;
    if (fields.write_type == "SIMPLE" || fields.write_type == "BATCH")
        return {.step = fields.received > 0 ? RetryStep::ignore : RetryStep::rethrow};
    if (fields.write_type == "UNLOGGED_BATCH")
        return downgraded(fields.received, fields.consistency);
    return fields.write_type == "BATCH_LOG" ? same_node : rethrow;
}

}

RetryDecision DowngradingRetryPolicy::decide(const FailedAttempt& attempt) const
{
    const auto& fields = attempt.error.fields();
    const bool first = attempt.retries == 0;
    if (const auto* unavailable = std::get_if<UnavailableFields>(&fields))
        return first && (attempt.idempotent || nothing_was_done(attempt, *unavailable)) ? after(*unavailable) : rethrow;
    if (const auto* timeout = std::get_if<ReadTimeoutFields>(&fields))
        return first ? after(*timeout) : rethrow;
    if (const auto* timeout = std::get_if<WriteTimeoutFields>(&fields))
        return first && attempt.idempotent ? after(*timeout) : rethrow;
    return is_serial(attempt.consistency) && attempt.sent ? rethrow : decide_by_error(attempt);
}

}
