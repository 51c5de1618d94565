#pragma once

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>

namespace coodie::detail {

using Clock = std::chrono::steady_clock;

/// A wait as options give it, within what can be added to a time: none below 0, none above ten years.
constexpr std::chrono::milliseconds bounded(std::chrono::milliseconds wait) noexcept
{
    constexpr std::chrono::milliseconds none{0}, longest = std::chrono::years{10};
    return std::clamp(wait, none, longest);
}

/// Something to do at a time unless unlinked before; lives inside what waits.
struct Deadline
{
    Deadline* previous = nullptr; ///< null: not linked
    Deadline* next = nullptr;
    std::int64_t tick = 0;
    void (*expire)(Deadline&) noexcept = nullptr; ///< unlinked already; may link itself again

    bool is_linked() const noexcept { return previous != nullptr; }
};

/// Deadlines in slots of 10 ms: linking and unlinking are a few stores. A deadline is never early, at most a tick late.
/// Threads: none of its own; belongs to a loop.
class TimerWheel
{
public:
    static constexpr std::chrono::milliseconds tick_length{10};
    static constexpr std::int64_t never = INT64_MAX;

    explicit TimerWheel(Clock::time_point now) noexcept;
    TimerWheel(const TimerWheel&) = delete;
    TimerWheel& operator=(const TimerWheel&) = delete;

    void link(Deadline& deadline, Clock::time_point when) noexcept
    {
        deadline.tick = std::max(tick_of(when), done_) + 1;
        auto& slot = slots_[static_cast<std::size_t>(deadline.tick) % slot_count];
        deadline.previous = slot.previous;
        deadline.next = &slot;
        slot.previous->next = &deadline;
        slot.previous = &deadline;
        ++size_;
    }
    void unlink(Deadline& deadline) noexcept
    {
        deadline.previous->next = deadline.next;
        deadline.next->previous = deadline.previous;
        deadline.previous = nullptr;
        --size_;
    }
    /// Expires what is due. Complexity: the slots passed since the last call, at most all of them.
    void advance(Clock::time_point now) noexcept;
    /// The first tick with something in its slot, or `never`. What is there may belong to a later round.
    std::int64_t next_tick() const noexcept;
    std::size_t size() const noexcept { return size_; }

    static std::int64_t tick_of(Clock::time_point when) noexcept { return when.time_since_epoch() / tick_length; }
    static Clock::time_point time_of(std::int64_t tick) noexcept { return Clock::time_point{tick_length * tick}; }

private:
    static constexpr std::size_t slot_count = 1024;

    void expire_slot(Deadline& slot, std::int64_t now) noexcept;

    std::array<Deadline, slot_count> slots_; ///< heads of rings
    std::int64_t done_ = 0;                  ///< the last tick that was expired
    std::size_t size_ = 0;
};

}
