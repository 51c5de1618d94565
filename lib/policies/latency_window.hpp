#pragma once

#include <array>
#include <atomic>
#include <coodie/latency_histogram.hpp>

namespace coodie::policies {

/// The latencies of late, in the buckets of LatencyHistogram. Threads: lock-free; of records
/// that meet a turn of the window a few may count in the neighbouring half.
class LatencyWindow
{
public:
    using Duration = std::chrono::microseconds;

    /// Remembers the last `window` latencies, or down to half as many.
    explicit LatencyWindow(std::uint32_t window) noexcept;

    /// How many were recorded, this one included.
    std::uint64_t record(Duration latency) noexcept;
    /// What `percentile` of those remembered did not exceed, as the upper bound of its bucket; 0 when there are none.
    Duration at(double percentile) const noexcept;

private:
    using Half = std::array<std::atomic<std::uint32_t>, LatencyHistogram::buckets>;

    std::uint64_t half_;
    std::atomic<std::uint64_t> recorded_{0};
    std::array<Half, 2> halves_{};
};

}
