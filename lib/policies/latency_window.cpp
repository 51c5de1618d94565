#include <algorithm>
#include <lib/policies/latency_window.hpp>

namespace coodie::policies {

LatencyWindow::LatencyWindow(std::uint32_t window) noexcept : half_{std::max(window / 2, 1U)} {}

std::uint64_t LatencyWindow::record(Duration latency) noexcept
{
    const auto before = recorded_.fetch_add(1, std::memory_order_relaxed);
    auto& half = halves_[before / half_ % 2];
    if (before % half_ == 0)
        for (auto& count : half)
            count.store(0, std::memory_order_relaxed);
    half[LatencyHistogram::bucket_of(latency)].fetch_add(1, std::memory_order_relaxed);
    return before + 1;
}

LatencyWindow::Duration LatencyWindow::at(double percentile) const noexcept
{
    LatencyHistogram both;
    for (std::size_t i = 0; i != both.counts.size(); ++i)
        both.counts[i] = std::uint64_t{halves_[0][i].load(std::memory_order_relaxed)} +
                         halves_[1][i].load(std::memory_order_relaxed);
    return both.percentile(percentile);
}

}
