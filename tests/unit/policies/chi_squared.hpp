#pragma once

#include <span>

/// How far counts are from being equal: the sum of (count - mean)^2 / mean.
inline double chi_squared(std::span<const unsigned> counts)
{
    double all = 0;
    for (const auto count : counts)
        all += count;
    const auto mean = all / static_cast<double>(counts.size());
    double sum = 0;
    for (const auto count : counts)
        sum += (count - mean) * (count - mean) / mean;
    return sum;
}

/// What chi_squared exceeds once in a thousand times when all chances are equal, for up to six counts.
inline double chi_squared_limit(std::size_t counts)
{
    constexpr double limits[] = {0, 10.83, 13.82, 16.27, 18.47, 20.52};
    return limits[counts - 1];
}
