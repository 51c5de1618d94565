#pragma once

#include <chrono>
#include <coodie/export.hpp>
#include <memory>
#include <optional>

namespace coodie {

/// When to ask another host although the first may still answer. Only for idempotent statements; the first answer
/// counts.
/// Threads: called on any loop, several at once.
class COODIE_API SpeculativeExecutionPolicy
{
public:
    using Duration = std::chrono::microseconds;

    virtual ~SpeculativeExecutionPolicy();
    /// How long after the latest of `started` executions (the first one is the request itself) the next may start;
    /// none: there is no next one.
    virtual std::optional<Duration> next(unsigned started) const = 0;
    /// An execution was answered; those that failed or were given up are not reported.
    virtual void answered(Duration latency) noexcept;
};

/// For profiles whose session has another one.
class COODIE_API NoSpeculativeExecution final : public SpeculativeExecutionPolicy
{
public:
    std::optional<Duration> next(unsigned started) const override;
};

class COODIE_API ConstantSpeculativeExecution final : public SpeculativeExecutionPolicy
{
public:
    /// `max_executions` counts the request itself. A delay below 0 counts as 0: all at once.
    ConstantSpeculativeExecution(Duration delay, unsigned max_executions) noexcept;
    std::optional<Duration> next(unsigned started) const override;

private:
    Duration delay_;
    unsigned max_executions_;
};

struct PercentileOptions
{
    double percentile = 99.0;     ///< of the latencies of late: what takes longer is asked of another host as well
    unsigned max_executions = 2;  ///< counts the request itself
    std::uint32_t window = 4'096; ///< answers that count: between this many and half of it
    std::uint32_t at_least = 256; ///< before there were so many answers nothing is speculated
    std::chrono::microseconds shortest{100};
};

/// As long as most requests take. The latencies of all hosts count alike.
class COODIE_API PercentileSpeculativeExecution final : public SpeculativeExecutionPolicy
{
public:
    explicit PercentileSpeculativeExecution(PercentileOptions options = {});
    ~PercentileSpeculativeExecution() override;
    std::optional<Duration> next(unsigned started) const override;
    void answered(Duration latency) noexcept override;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}
