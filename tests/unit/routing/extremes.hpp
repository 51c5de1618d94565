#pragma once

#include <cstdint>
#include <limits>

// Of tokens.
inline constexpr auto lowest = std::numeric_limits<std::int64_t>::min();
inline constexpr auto highest = std::numeric_limits<std::int64_t>::max();
