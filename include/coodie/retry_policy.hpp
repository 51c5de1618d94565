#pragma once

#include <chrono>
#include <coodie/error.hpp>
#include <memory>
#include <optional>

namespace coodie {

enum class RetryStep : std::uint8_t
{
    rethrow,   ///< the error goes to the caller
    ignore,    ///< the caller gets an empty result, as if nothing had gone wrong
    same_node, ///< again, to the node that failed
    next_node, ///< again, to the next node of the plan
};

struct RetryDecision
{
    RetryStep step = RetryStep::rethrow;
    std::optional<Consistency> consistency = {}; ///< of the next attempt, when it is another one
    std::chrono::milliseconds delay{0};          ///< before the next attempt

    friend bool operator==(const RetryDecision&, const RetryDecision&) = default;
};

/// An attempt that failed, as a retry policy sees it.
struct FailedAttempt
{
    const Error& error;
    Consistency consistency = Consistency::local_one; ///< of the attempt; a serial one makes it a serial read
    bool idempotent = false;                          ///< sending it twice does no harm
    bool sent = true;                                 ///< false: the server cannot have seen it
    unsigned retries = 0; ///< made before this attempt; speculative executions count their own
    bool is_lwt = false;  ///< a lightweight transaction, as far as anybody knows
};

/// What to do when an attempt failed. Unprepared statements and the request's own timeout never come here.
/// Threads: called on any loop, several at once.
class COODIE_API RetryPolicy
{
public:
    virtual ~RetryPolicy();
    virtual RetryDecision decide(const FailedAttempt& attempt) const = 0;
};

/// Tries again only where that can help and cannot do harm: what is not idempotent is sent again only when the server
/// did not do it. The rules of java-driver 4 and scylla-rust-driver, and of the latter that serial reads which were
/// sent are never tried again. One rule is stricter than theirs: `Unavailable` for the consistency with which a
/// lightweight transaction is committed may come after replicas agreed on it, so that one that is not idempotent is not
/// sent again.
class COODIE_API DefaultRetryPolicy final : public RetryPolicy
{
public:
    RetryDecision decide(const FailedAttempt& attempt) const override;
};

/// Never tries again.
class COODIE_API FallthroughRetryPolicy final : public RetryPolicy
{
public:
    RetryDecision decide(const FailedAttempt& attempt) const override;
};

/// Tries once more with the consistency that the replicas which are there can give, and takes a write that any replica
/// has for done. Only for who can live with reads that miss writes.
class COODIE_API DowngradingRetryPolicy final : public RetryPolicy
{
public:
    RetryDecision decide(const FailedAttempt& attempt) const override;
};

}
