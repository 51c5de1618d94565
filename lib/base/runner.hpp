#pragma once

#include "lib/base/waiter.hpp"
#include <mutex>

namespace coodie::detail {

/// Callers that wait for a loop that somebody else runs. Threads: any.
class Followers
{
public:
    void join(Waiter& waiter);
    void leave(Waiter& waiter);
    /// Offers the loop to one that still waits. False: there is none.
    bool offer_lead();
    bool any_waits();

private:
    std::mutex mutex_;
    Waiter* first_ = nullptr;
};

/// The right to run a loop: one thread at a time holds it.
class Runner
{
public:
    bool try_take() noexcept
    {
        bool free = false;
        return taken_.compare_exchange_strong(free, true);
    }
    void release() noexcept { taken_.store(false); }
    bool is_taken() const noexcept { return taken_.load(); }

private:
    std::atomic<bool> taken_{false};
};

}
