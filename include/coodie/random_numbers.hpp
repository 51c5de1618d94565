#pragma once

#include <cstdint>

namespace coodie {

/// SplitMix64: any two seeds, even neighbours, give unrelated numbers. A generator for std's distributions. Not for
/// secrets.
class RandomNumbers
{
public:
    using result_type = std::uint64_t;

    RandomNumbers() = default;
    explicit RandomNumbers(std::uint64_t seed) noexcept : state_{seed} {}

    static constexpr result_type min() noexcept { return 0; }
    static constexpr result_type max() noexcept { return ~result_type{0}; }
    result_type operator()() noexcept
    {
        state_ += 0x9E3779B97F4A7C15U;
        auto mixed = state_;
        mixed = (mixed ^ (mixed >> 30U)) * 0xBF58476D1CE4E5B9U;
        mixed = (mixed ^ (mixed >> 27U)) * 0x94D049BB133111EBU;
        return mixed ^ (mixed >> 31U);
    }
    /// A number less than `count`, which is not 0.
    std::uint32_t below(std::uint32_t count) noexcept
    {
        return static_cast<std::uint32_t>((((*this)() >> 32U) * count) >> 32U);
    }

private:
    std::uint64_t state_ = 0;
};

}
