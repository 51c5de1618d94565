#pragma once

#include "lib/base/timer_wheel.hpp"
#include "lib/connection/connection_meter.hpp"
#include <coodie/metrics.hpp>

namespace coodie::detail {

/// How often which error came. The codes are the server's to choose: those that find no slot count as one.
class ErrorCounters
{
public:
    void count(errc code) noexcept;
    /// Any thread.
    void add_to(std::map<errc, std::uint64_t>& sums) const;

private:
    struct Slot
    {
        std::atomic<errc> code{};
        Counter count;
    };
    static constexpr std::size_t slots = 48;

    std::array<Slot, slots> slots_;
    Counter others_;
};

/// What one loop of a session counts: written in its turns, read by any thread.
struct Meter
{
    // Of every request
    Counter queued; ///< now, by the lists that requests wait in
    Counter started;
    Counter latency_sum; ///< microseconds

    Counter retries;
    Counter speculative_executions;
    Counter prepares;
    Counter reprepares;
    ErrorCounters requests_failed;
    ErrorCounters attempts_failed;
    ConnectionMeter connections;
    std::array<Counter, LatencyHistogram::buckets> latency;

    /// A request began; gives when.
    Clock::time_point begin(Clock::time_point now) noexcept
    {
        ++started;
        return now;
    }
    /// A request ended: once for each that began.
    void ended(Clock::duration took, const Error& error) noexcept
    {
        const auto latency_of_it = std::chrono::duration_cast<LatencyHistogram::Duration>(took);
        latency_sum.add(static_cast<std::uint64_t>(latency_of_it.count()));
        ++latency[LatencyHistogram::bucket_of(latency_of_it)];
        if (error) [[unlikely]]
            requests_failed.count(error.code());
    }
    /// Any thread. What follows from several sums is left to `complete`.
    void add_to(Metrics& sums) const;
};

/// Fills in what follows from the sums of all loops.
void complete(Metrics& sums) noexcept;

}
