#include "lib/base/waiter.hpp"

namespace coodie::detail {

bool Waiter::offer_lead() noexcept
{
    auto seen = signals_.load(std::memory_order_relaxed);
    do {
        if ((seen & (done | lead)) != 0)
            return false;
    } while (!signals_.compare_exchange_weak(seen, seen | lead, std::memory_order_acq_rel));
    if ((seen & asleep) != 0)
        futex_wake(&signals_);
    return true;
}

bool Waiter::wait(std::optional<std::chrono::nanoseconds> at_most) noexcept
{
    bool in_time = true;
    for (;;) {
        const auto seen = signals_.fetch_or(asleep, std::memory_order_acq_rel) | asleep;
        if ((seen & (done | lead)) != 0 || !in_time)
            break;
        in_time = futex_wait(signals_, seen, at_most);
    }
    return (signals_.fetch_and(~asleep, std::memory_order_acq_rel) & (done | lead)) != 0;
}

}
