#include "lib/base/context_watch.hpp"
#include "lib/base/loop_state.hpp"

// A user's context that is destroyed before its loop.

namespace coodie::detail {

/// What lives here gives up everything; what waits to be run is dropped. Afterwards a context of our own, which runs
/// nothing by itself, stands in for the user's: those who still submit something run it.
void LoopState::leave_context() noexcept
{
    const auto self = shared_from_this();
    is_ending_ = true;
    {
        const Turn turn{*this};
        while (residents_)
            residents_->evict(*residents_);
    }
    std::exchange(watch_, nullptr)->remove(*this);
    timer_.reset();
    armed_tick_ = TimerWheel::never;
    context_ = &own_context_.emplace();
    work_.emplace(context_->get_executor());
    turn_posted_ = false;
    nobody_runs_.store(true, std::memory_order_relaxed);
    is_ending_ = false;
}

/// Once the user's context is gone: there is nobody else.
void LoopState::run_rest() noexcept
{
    if (in_turn() || is_current())
        return;
    const auto self = shared_from_this();
    {
        const Turn turn{*this};
    }
    context_->poll();
}

void LoopState::move_in(Resident& resident) noexcept
{
    resident.is_in = true;
    resident.previous = nullptr;
    resident.next = residents_;
    if (residents_)
        residents_->previous = &resident;
    residents_ = &resident;
}

void LoopState::move_out(Resident& resident) noexcept
{
    if (!std::exchange(resident.is_in, false))
        return;
    (resident.previous ? resident.previous->next : residents_) = resident.next;
    if (resident.next)
        resident.next->previous = resident.previous;
}

}
