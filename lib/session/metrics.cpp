#include "lib/session/meter.hpp"
#include "lib/session/session_state.hpp"
#include <numeric>

namespace coodie {

std::uint64_t Metrics::failures() const noexcept
{
    return std::accumulate(requests_failed.begin(), requests_failed.end(), std::uint64_t{0},
                           [](std::uint64_t sum, const auto& failed) { return sum + failed.second; });
}

Metrics Session::metrics() const
{
    Metrics sums;
    if (state_)
        for (const auto& loop : state_->loops())
            loop->meter().add_to(sums);
    detail::complete(sums);
    return sums;
}

}
