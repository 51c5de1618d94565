#include "lib/base/timer_wheel.hpp"

namespace coodie::detail {

TimerWheel::TimerWheel(Clock::time_point now) noexcept : done_{tick_of(now)}
{
    for (auto& slot : slots_)
        slot.previous = slot.next = &slot;
}

void TimerWheel::advance(Clock::time_point time) noexcept
{
    const auto now = tick_of(time);
    const auto first = std::max(done_ + 1, now - static_cast<std::int64_t>(slot_count) + 1);
    done_ = std::max(done_, now);
    for (auto tick = first; tick <= now && size_ != 0; ++tick)
        expire_slot(slots_[static_cast<std::size_t>(tick) % slot_count], now);
}

void TimerWheel::expire_slot(Deadline& slot, std::int64_t now) noexcept
{
    // What expires may unlink its neighbours: look from the start again.
    for (auto* deadline = slot.next; deadline != &slot;) {
        if (deadline->tick > now) {
            deadline = deadline->next;
            continue;
        }
        unlink(*deadline);
        deadline->expire(*deadline);
        deadline = slot.next;
    }
}

std::int64_t TimerWheel::next_tick() const noexcept
{
    if (size_ == 0)
        return never;
    for (auto tick = done_ + 1; tick <= done_ + static_cast<std::int64_t>(slot_count); ++tick) {
        const auto& slot = slots_[static_cast<std::size_t>(tick) % slot_count];
        if (slot.next != &slot)
            return tick;
    }
    return never;
}

}
