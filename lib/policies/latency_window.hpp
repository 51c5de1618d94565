#pragma once

#include <array>
#include <atomic>
#include <bit>
#include <chrono>
#include <cstdint>

namespace coodie::policies {

/// The latencies of late, in buckets that are at most 1/16 wider than their lower bound. Threads: lock-free; of records
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

    static std::size_t bucket_of(Duration latency) noexcept;
    static Duration upper_bound(std::size_t bucket) noexcept;

private:
    static constexpr std::size_t steps = 16;     ///< between two powers of two
    static constexpr std::size_t doublings = 32; ///< up to 2^36 us, 19 hours
    static constexpr std::size_t buckets = steps * (doublings + 1);
    using Half = std::array<std::atomic<std::uint32_t>, buckets>;

    std::uint64_t half_;
    std::atomic<std::uint64_t> recorded_{0};
    std::array<Half, 2> halves_{};
};

}
