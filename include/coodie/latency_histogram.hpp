#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <chrono>
#include <coodie/export.hpp>
#include <cstdint>

namespace coodie {

/// Latencies counted in buckets: one for each microsecond up to 31, above that each at most 1/16 wider than its lower
/// bound.
struct COODIE_API LatencyHistogram
{
    using Duration = std::chrono::microseconds;
    static constexpr std::size_t steps = 16;     ///< between two powers of two
    static constexpr std::size_t doublings = 32; ///< up to 2^36 us, 19 hours; longer ones are in the last bucket
    static constexpr std::size_t buckets = steps * (doublings + 1);

    std::array<std::uint64_t, buckets> counts{};
    Duration sum{0};

    std::uint64_t count() const noexcept;
    /// What `percentile` (0 to 100) of them did not exceed, as the upper bound of its bucket; 0 when there are none.
    Duration percentile(double percentile) const noexcept;
    Duration mean() const noexcept;

    /// Below 2 * steps a bucket a microsecond; above, the exponent and the four bits behind the first one.
    static std::size_t bucket_of(Duration latency) noexcept
    {
        const auto micros = static_cast<std::uint64_t>(std::max<Duration::rep>(latency.count(), 0));
        if (micros < steps)
            return micros;
        const auto exponent = static_cast<std::size_t>(std::bit_width(micros)) - std::bit_width(steps - 1) - 1;
        return std::min((exponent + 1) * steps + ((micros >> exponent) - steps), buckets - 1);
    }
    /// The longest latency in the bucket, in whole microseconds.
    static Duration upper_bound(std::size_t bucket) noexcept
    {
        if (bucket < steps)
            return Duration{bucket};
        const auto exponent = bucket / steps - 1;
        return Duration{((steps + bucket % steps + 1) << exponent) - 1};
    }
};

}
