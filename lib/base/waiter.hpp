#pragma once

#include "lib/base/futex.hpp"

namespace coodie::detail {

/// One thread's wait: for an answer, or for being offered the loop. Lives on the waiting thread's stack.
class Waiter
{
public:
    bool is_done() const noexcept { return (signals_.load(std::memory_order_acquire) & done) != 0; }
    /// Nothing of this object may be touched afterwards: the waiting thread may have left.
    void finish() noexcept
    {
        const auto* address = &signals_;
        if ((signals_.fetch_or(done, std::memory_order_acq_rel) & asleep) != 0)
            futex_wake(address);
    }
    /// Offers the right to run the loop. False: no need. The waiter must be kept from leaving meanwhile.
    bool offer_lead() noexcept;
    /// True once for each offer: the right is the caller's now.
    bool take_lead() noexcept { return (signals_.fetch_and(~lead, std::memory_order_acq_rel) & lead) != 0; }
    /// Sleeps until the answer or an offer is there. False: the time passed.
    bool wait(std::optional<std::chrono::nanoseconds> at_most = {}) noexcept;

private:
    static constexpr std::uint32_t done = 1;
    static constexpr std::uint32_t lead = 2;
    static constexpr std::uint32_t asleep = 4;

    friend class Followers;
    std::atomic<std::uint32_t> signals_{0};
    Waiter* previous_ = nullptr;
    Waiter* next_ = nullptr;
};

}
