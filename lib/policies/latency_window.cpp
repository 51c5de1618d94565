#include <algorithm>
#include <cmath>
#include <lib/policies/latency_window.hpp>

namespace coodie::policies {

LatencyWindow::LatencyWindow(std::uint32_t window) noexcept : half_{std::max(window / 2, 1U)} {}

/// Below 2 * steps a bucket a microsecond; above, the exponent and the four bits behind the first one.
std::size_t LatencyWindow::bucket_of(Duration latency) noexcept
{
    const auto micros = static_cast<std::uint64_t>(std::max<Duration::rep>(latency.count(), 0));
    if (micros < steps)
        return micros;
    const auto exponent = static_cast<std::size_t>(std::bit_width(micros)) - std::bit_width(steps - 1) - 1;
    return std::min((exponent + 1) * steps + ((micros >> exponent) - steps), buckets - 1);
}

LatencyWindow::Duration LatencyWindow::upper_bound(std::size_t bucket) noexcept
{
    if (bucket < steps)
        return Duration{bucket};
    const auto exponent = bucket / steps - 1;
    return Duration{((steps + bucket % steps + 1) << exponent) - 1};
}

std::uint64_t LatencyWindow::record(Duration latency) noexcept
{
    const auto before = recorded_.fetch_add(1, std::memory_order_relaxed);
    auto& half = halves_[before / half_ % 2];
    if (before % half_ == 0)
        for (auto& count : half)
            count.store(0, std::memory_order_relaxed);
    half[bucket_of(latency)].fetch_add(1, std::memory_order_relaxed);
    return before + 1;
}

LatencyWindow::Duration LatencyWindow::at(double percentile) const noexcept
{
    std::array<std::uint64_t, buckets> counts;
    std::uint64_t all = 0;
    for (std::size_t i = 0; i != buckets; ++i) {
        counts[i] = std::uint64_t{halves_[0][i].load(std::memory_order_relaxed)} +
                    halves_[1][i].load(std::memory_order_relaxed);
        all += counts[i];
    }
    const auto wanted = static_cast<std::uint64_t>(std::ceil(static_cast<double>(all) * percentile / 100));
    std::uint64_t below = 0;
    for (std::size_t i = 0; i != buckets; ++i)
        if (below += counts[i]; below >= wanted && below != 0)
            return upper_bound(i);
    return Duration{0};
}

}
