#include <algorithm>
#include <coodie/speculative_execution.hpp>
#include <lib/policies/latency_window.hpp>

namespace coodie {

namespace {

using Duration = SpeculativeExecutionPolicy::Duration;

/// How many answers pass before the percentile is computed anew.
constexpr std::uint64_t stride = 64;

}

SpeculativeExecutionPolicy::~SpeculativeExecutionPolicy() = default;

void SpeculativeExecutionPolicy::answered(Duration) noexcept {}

std::optional<Duration> NoSpeculativeExecution::next(unsigned) const
{
    return {};
}

ConstantSpeculativeExecution::ConstantSpeculativeExecution(Duration delay, unsigned max_executions) noexcept
    : delay_{std::max(delay, Duration{0})}, max_executions_{max_executions}
{
}

std::optional<Duration> ConstantSpeculativeExecution::next(unsigned started) const
{
    return started < max_executions_ ? std::optional{delay_} : std::nullopt;
}

struct PercentileSpeculativeExecution::State
{
    PercentileOptions options;
    policies::LatencyWindow window{options.window};
    std::atomic<Duration::rep> delay{0}; ///< 0: not known yet
};

PercentileSpeculativeExecution::PercentileSpeculativeExecution(PercentileOptions options)
    : state_{std::make_unique<State>(options)}
{
    auto& kept = state_->options;
    kept.percentile = std::clamp(kept.percentile, 0.0, 100.0);
    kept.shortest = std::max(kept.shortest, Duration{1});
    kept.at_least = std::max(kept.at_least, 1U);
}

PercentileSpeculativeExecution::~PercentileSpeculativeExecution() = default;

std::optional<Duration> PercentileSpeculativeExecution::next(unsigned started) const
{
    const auto delay = state_->delay.load(std::memory_order_relaxed);
    if (started >= state_->options.max_executions || delay == 0)
        return {};
    return Duration{delay};
}

void PercentileSpeculativeExecution::answered(Duration latency) noexcept
{
    const auto& options = state_->options;
    const auto recorded = state_->window.record(latency);
    if (recorded < options.at_least || (recorded - options.at_least) % stride != 0)
        return;
    const auto delay = std::max(state_->window.at(options.percentile), options.shortest);
    state_->delay.store(delay.count(), std::memory_order_relaxed);
}

}
