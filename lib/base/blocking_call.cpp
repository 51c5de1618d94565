#include "lib/base/blocking_call.hpp"

#include "lib/base/leading.hpp"
#include "lib/base/loop_state.hpp"
#include <asio/post.hpp>
#include <coodie/error.hpp>
#include <utility>

namespace coodie::detail {

namespace {

/// How long a user's context may leave a probe unanswered before nobody is taken to run it: a thread that does may be
/// in a handler. Also how often a caller that waits for such a thread looks whether it is still there.
constexpr std::chrono::nanoseconds probe_interval = std::chrono::seconds{1};
/// The same where no other thread is likely to run it.
constexpr std::chrono::nanoseconds short_patience = std::chrono::milliseconds{50};

}

BlockingCall::BlockingCall(const Loop& loop, Waiter& waiter)
    : loop_{loop.state().get()}, waiter_{waiter}, outer_blocking_{blocking_on_this_thread},
      outer_led_{led_by_this_thread}
{
    if (!loop_)
        return;
    turns_ = loop_->foreign_turns_.load(std::memory_order_relaxed);
    if (loop_->is_current() || loop_->in_turn() || loop_->is_led_here())
        Error{errc::would_deadlock, "a blocking call on the thread that runs its loop would wait for itself; use the "
                                    "async_ name inside handlers and coroutines"}
            .raise();
    blocking_on_this_thread = loop_;
    if (loop_->is_owned() || loop_->is_run_by_nobody())
        leads_ = loop_->runner_.try_take();
    if (leads_) {
        led_by_this_thread = loop_;
        if (loop_->is_owned())
            loop_->led_ = true;
    }
}

BlockingCall::~BlockingCall()
{
    blocking_on_this_thread = outer_blocking_;
    if (std::exchange(leads_, false)) {
        led_by_this_thread = outer_led_;
        loop_->hand_over();
    }
}

void BlockingCall::wait()
{
    blocking_on_this_thread = outer_blocking_;
    if (leads_)
        lead();
    if (!waiter_.is_done())
        follow();
    if (thrown_)
        std::rethrow_exception(thrown_);
    if (!waiter_.is_done())
        Error{errc::closed, "the context that the session lives on was stopped, and no thread runs it; what was asked "
                            "may still be done once one does"}
            .raise();
}

bool BlockingCall::may_give_up(const Loop& loop) noexcept
{
    return loop && !loop.state()->is_owned();
}

void BlockingCall::lead()
{
    leads_ = false;
    led_by_this_thread = loop_;
    if (loop_->is_owned())
        loop_->led_ = true;
    auto thrown = loop_->lead(waiter_);
    thrown_ = thrown_ ? thrown_ : thrown;
    led_by_this_thread = outer_led_;
}

void BlockingCall::follow()
{
    if (!loop_) {
        while (!waiter_.wait()) {
        }
        return;
    }
    was_stopped_ = !loop_->is_owned() && loop_->context_->stopped();
    loop_->followers_.join(waiter_);
    while (!waiter_.is_done() && !gives_up_) {
        if (loop_->is_owned() && loop_->runner_.try_take())
            lead();
        else if (!loop_->is_owned() && !waiter_.wait(patience()))
            probe();
        else if (waiter_.wait() && waiter_.take_lead())
            lead();
    }
    loop_->followers_.leave(waiter_);
    if (waiter_.take_lead())
        loop_->hand_over();
}

bool BlockingCall::was_run_here() const noexcept
{
    return turns_ != 0 && loop_->last_runner_.load(std::memory_order_relaxed) == LoopState::this_thread();
}

/// A user's context that no other thread was seen to run.
bool BlockingCall::is_left_to_us() const noexcept
{
    return turns_ == 0 || was_run_here();
}

std::chrono::nanoseconds BlockingCall::patience() const
{
    const bool is_likely_ours = was_run_here() || (turns_ == 0 && was_stopped_);
    return is_likely_ours && !probed_ ? short_patience : probe_interval;
}

/// No answer for a while: has a thread of the user's run the context meanwhile? If not, this one may, but not what
/// another one ran and somebody stopped.
void BlockingCall::probe()
{
    const auto turns = loop_->foreign_turns_.load(std::memory_order_relaxed);
    const bool is_silent = turns == std::exchange(turns_, turns);
    const bool is_stopped = loop_->context_->stopped();
    const bool stays_stopped = std::exchange(was_stopped_, is_stopped) && is_stopped;
    probed_ = true;
    if (is_silent && is_left_to_us() && loop_->runner_.try_take()) {
        loop_->nobody_runs_.store(true, std::memory_order_relaxed);
        lead();
    } else if (is_silent && stays_stopped && !loop_->runner_.is_taken())
        gives_up_ = true;
    else
        loop_->wake();
}

}
