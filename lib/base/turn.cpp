#include "lib/base/leading.hpp"
#include "lib/base/loop_state.hpp"

namespace coodie::detail {

constinit thread_local std::size_t turns_of_this_thread = 0;

const void* LoopState::this_thread() noexcept
{
    static constinit thread_local char here = 0;
    return &here;
}

void LoopState::lock_turn() noexcept
{
    const void* owner = nullptr;
    while (!turn_owner_.compare_exchange_strong(owner, this_thread(), std::memory_order_acquire)) {
        turn_owner_.wait(owner, std::memory_order_relaxed);
        owner = nullptr;
    }
}

void LoopState::unlock_turn() noexcept
{
    turn_owner_.store(nullptr, std::memory_order_release);
    if (!is_owned())
        turn_owner_.notify_one();
}

void LoopState::begin_turn() noexcept
{
    lock_turn();
    ++turns_of_this_thread;
    now_ = Clock::now();
    inbox_.open();
    if (!is_owned() && !is_led_here() && !has_ended()) {
        last_runner_.store(this_thread(), std::memory_order_relaxed);
        foreign_turns_.fetch_add(1, std::memory_order_relaxed);
        nobody_runs_.store(false, std::memory_order_relaxed);
    }
}

void LoopState::end_turn() noexcept
{
    run_tasks();
    run_marked();
    if (!inbox_.close())
        post_turn();
    --turns_of_this_thread;
    unlock_turn();
}

void LoopState::run_tasks() noexcept
{
    auto* arrived = inbox_.take();
    auto** end = &backlog_;
    while (*end)
        end = &(*end)->next;
    *end = arrived;
    while (backlog_ && may_run_now(*backlog_)) {
        auto& task = *std::exchange(backlog_, backlog_->next);
        task.next = nullptr;
        served_blocking_ = served_blocking_ || !task.user_code;
        task.run(task, *this);
    }
}

void LoopState::run_marked() noexcept
{
    while (marked_) {
        auto& work = *std::exchange(marked_, marked_->next);
        work.is_marked = false;
        work.run(work);
    }
}

}
