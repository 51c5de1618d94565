#include "lib/base/blocking_call.hpp"

#include "lib/base/leading.hpp"
#include "lib/base/loop_state.hpp"
#include <asio/post.hpp>
#include <coodie/error.hpp>
#include <utility>

namespace coodie::detail {

namespace {

/// How long a user's context may leave a probe unanswered before nobody is taken to run it.
constexpr std::chrono::nanoseconds probe_patience = std::chrono::milliseconds{50};
/// How often a caller that waits for a user's thread looks whether it is still there.
constexpr std::chrono::nanoseconds probe_interval = std::chrono::seconds{1};

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
    if (loop_->is_owned() || loop_->nobody_runs_.load(std::memory_order_relaxed))
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
    loop_->followers_.join(waiter_);
    while (!waiter_.is_done()) {
        if (loop_->is_owned() && loop_->runner_.try_take())
            lead();
        else if (!loop_->is_owned() && !waiter_.wait(probed_ ? probe_interval : probe_patience))
            probe();
        else if (waiter_.wait() && waiter_.take_lead())
            lead();
    }
    loop_->followers_.leave(waiter_);
    if (waiter_.take_lead())
        loop_->hand_over();
}

/// A user's context that only this thread could run now: a thread that ran it before may be in a long handler.
bool BlockingCall::is_left_to_us() const noexcept
{
    return turns_ == 0 || loop_->last_runner_.load(std::memory_order_relaxed) == LoopState::this_thread() ||
           (probed_ && loop_->context_->stopped());
}

/// No answer for a while: has a thread of the user's run the context meanwhile? If not, this one may.
void BlockingCall::probe()
{
    const auto turns = loop_->foreign_turns_.load(std::memory_order_relaxed);
    const bool is_silent = turns == std::exchange(turns_, turns);
    const bool is_ours = is_silent && is_left_to_us();
    probed_ = true;
    if (is_ours && loop_->runner_.try_take()) {
        loop_->nobody_runs_.store(true, std::memory_order_relaxed);
        lead();
    } else
        loop_->wake();
}

}
