#include <coodie/latency_histogram.hpp>

#include <cmath>
#include <numeric>

namespace coodie {

std::uint64_t LatencyHistogram::count() const noexcept
{
    return std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
}

LatencyHistogram::Duration LatencyHistogram::percentile(double percentile) const noexcept
{
    const auto wanted = static_cast<std::uint64_t>(std::ceil(static_cast<double>(count()) * percentile / 100));
    std::uint64_t below = 0;
    for (std::size_t i = 0; i != buckets; ++i)
        if (below += counts[i]; below >= wanted && below != 0)
            return upper_bound(i);
    return Duration{0};
}

LatencyHistogram::Duration LatencyHistogram::mean() const noexcept
{
    const auto all = count();
    return all == 0 ? Duration{0} : sum / static_cast<Duration::rep>(all);
}

}
