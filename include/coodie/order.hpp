#pragma once

#include <cstdint>

namespace coodie {

enum class Order : std::uint8_t
{
    ascending,
    descending,
};
inline constexpr Order ascending = Order::ascending;
inline constexpr Order descending = Order::descending;

}
