#pragma once

#include <algorithm>
#include <chrono>
#include <random>

namespace coodie::detail {

/// When to try again: at once, then after a delay that doubles up to a minute, each with 15 % of jitter.
class Reconnection
{
public:
    using Delay = std::chrono::milliseconds;

    explicit Reconnection(std::uint32_t seed) : random_{seed} {}

    Delay next()
    {
        if (attempts_++ == 0)
            return Delay{0};
        const auto doubled = first * (1 << std::min(attempts_ - 2, 10));
        const auto delay = std::min(doubled, longest);
        return delay * std::uniform_int_distribution{85, 115}(random_) / 100;
    }
    void succeeded() noexcept { attempts_ = 0; }

private:
    static constexpr Delay first{100};
    static constexpr Delay longest{60'000};
    int attempts_ = 0;
    std::minstd_rand random_;
};

}
