#include "lib/base/loop_state.hpp"

#include "lib/base/context_watch.hpp"
#include "lib/base/leading.hpp"
#include <asio/post.hpp>

namespace coodie::detail {

LoopState::LoopState() : owned_{true}, own_context_{std::in_place}, context_{&*own_context_}, timer_{*context_}
{
    work_.emplace(context_->get_executor());
}

std::shared_ptr<LoopState> LoopState::make()
{
    auto loop = std::make_shared<LoopState>();
    loop->background_ = std::thread{[loop] { loop->run_background(); }};
    return loop;
}

// The watch comes after the timer: what the context made last, it shuts down first.
LoopState::LoopState(asio::io_context& context)
    : owned_{false}, context_{&context}, timer_{context}, watch_{&asio::use_service<ContextWatch>(context)}
{
    watch_->add(*this);
}

LoopState::~LoopState()
{
    if (watch_)
        watch_->remove(*this);
    stop();
}

void LoopState::stop() noexcept
{
    if (!background_.joinable())
        return;
    stop_background();
    asio::post(*context_, [] {}); // wakes whoever runs it
    if (is_current() || is_background_thread || turns_of_this_thread != 0)
        background_.detach(); // it may be waiting for what this thread does
    else
        background_.join();
}

/// No thread is in a handler of a context without any work, or waits there: it would have been let go. The last work
/// that ends stops a context; that is undone.
bool LoopState::has_no_work()
{
    if (context_->stopped())
        return false;
    {
        const auto work = asio::make_work_guard(*context_);
    }
    const bool had_none = context_->stopped();
    if (had_none)
        context_->restart();
    return had_none;
}

/// A user's context, as far as one can know at once.
bool LoopState::is_run_by_nobody()
{
    if (!nobody_runs_.load(std::memory_order_relaxed) && !has_ended() && has_no_work())
        nobody_runs_.store(true, std::memory_order_relaxed);
    return nobody_runs_.load(std::memory_order_relaxed);
}

bool LoopState::is_led_here() const noexcept
{
    return led_by_this_thread == this;
}

void LoopState::submit(Task& task) noexcept
{
    if (in_turn()) {
        task.user_code = !(is_owned() && led_);
        task.run(task, *this);
    } else if (is_led_here()) {
        const Turn turn{*this};
        task.user_code = !is_owned();
        task.run(task, *this);
    } else if (is_current())
        submit_between_turns(task);
    else {
        task.user_code = blocking_on_this_thread != this;
        if (inbox_.push(task))
            wake();
    }
}

void LoopState::submit_later(Task& task) noexcept
{
    if (inbox_.push(task))
        wake();
}

/// Code of the user's that the context runs beside our turns: what it submits in a row goes out together.
void LoopState::submit_between_turns(Task& task) noexcept
{
    lock_turn();
    if (!turn_posted_)
        now_ = Clock::now();
    task.user_code = true;
    task.run(task, *this);
    post_turn();
    unlock_turn();
}

void LoopState::post_turn()
{
    if (std::exchange(turn_posted_, true))
        return;
    asio::post(*context_, [self = weak_from_this()] {
        if (const auto loop = self.lock()) {
            const Turn turn{*loop};
            loop->turn_posted_ = false;
        }
    });
}

void LoopState::wake() noexcept
{
    if (is_owned() && !runner_.is_taken())
        call_background(Call::wake);
    else if (has_ended() && !is_current())
        run_rest();
    else
        asio::post(*context_, [self = weak_from_this()] {
            if (const auto loop = self.lock())
                const Turn turn{*loop};
        });
}

void LoopState::rethrow_later(std::exception_ptr thrown)
{
    begin_user_work();
    asio::post(*context_, [self = weak_from_this(), thrown] {
        if (const auto loop = self.lock()) {
            const Turn turn{*loop};
            loop->end_user_work();
        }
        std::rethrow_exception(thrown);
    });
}

void LoopState::arm_timer(std::int64_t tick) noexcept
{
    armed_tick_ = tick;
    timer_->expires_at(TimerWheel::time_of(tick));
    timer_->async_wait([self = weak_from_this()](std::error_code ec) {
        if (const auto loop = ec ? nullptr : self.lock())
            loop->on_timer();
    });
}

void LoopState::on_timer() noexcept
{
    const Turn turn{*this};
    armed_tick_ = TimerWheel::never;
    wheel_.advance(now_);
    if (const auto next = wheel_.next_tick(); next < armed_tick_)
        arm_timer(next);
}

void LoopState::disarm() noexcept
{
    if (wheel_.size() != 0 || armed_tick_ == TimerWheel::never)
        return;
    armed_tick_ = TimerWheel::never;
    timer_->cancel();
}

}
