#include "lib/base/leading.hpp"

#include "lib/base/loop_state.hpp"

// Who runs a loop: callers that block, and the background thread of an owned one.

namespace coodie::detail {

constinit thread_local const LoopState* led_by_this_thread = nullptr;
constinit thread_local const LoopState* blocking_on_this_thread = nullptr;
constinit thread_local bool is_background_thread = false;

namespace {

/// How late an answer is seen that comes from a thread which is not of this loop, and how soon the background thread
/// serves a loop (heartbeats, a peer that hung up) after the last caller that blocked has left.
constexpr std::chrono::milliseconds longest_sleep{10};
constexpr std::chrono::milliseconds background_patience{100};

}

/// The caller holds the right to run; it ends with it handed over or released.
/// Gives what the user's handlers threw on the way, the first of it.
std::exception_ptr LoopState::lead(const Waiter& waiter)
{
    std::exception_ptr thrown;
    if (inbox_.has_tasks())
        const Turn turn{*this};
    if (!waiter.is_done())
        calls_led_.fetch_add(1, std::memory_order_relaxed);
    while (!waiter.is_done() && !needs_background()) {
        try {
            run_some();
        } catch (...) {
            thrown = thrown ? thrown : std::current_exception();
        }
    }
    hand_over();
    return thrown;
}

void LoopState::run_some()
{
    if (context_->stopped() && !is_owned())
        context_->restart();
    if (context_->run_one_for(longest_sleep) == 0 && context_->stopped())
        std::this_thread::yield();
}

void LoopState::hand_over() noexcept
{
    if (is_owned())
        led_ = false;
    if (needs_background() && call_background(Call::take_over))
        return;
    do {
        if (followers_.offer_lead())
            return;
        runner_.release();
    } while (followers_.any_waits() && runner_.try_take());
    if (is_owned() && inbox_.has_tasks())
        call_background(Call::wake);
}

/// False: it will end, and takes no calls any more.
bool LoopState::call_background(Call call) noexcept
{
    const auto wanted = static_cast<std::uint32_t>(call);
    auto seen = call_.load();
    do {
        if (seen >= wanted)
            return seen < stop_bit;
    } while (!call_.compare_exchange_weak(seen, wanted));
    if (seen == static_cast<std::uint32_t>(Call::asleep))
        futex_wake(&call_);
    return true;
}

/// A call that is under way is still answered: a right to run may come with it. After it none is taken.
void LoopState::stop_background() noexcept
{
    if (call_.fetch_or(stop_bit) == static_cast<std::uint32_t>(Call::asleep))
        futex_wake(&call_);
}

/// None: the patience ended, or there is only the end.
LoopState::Called LoopState::await_call() noexcept
{
    constexpr auto asleep = static_cast<std::uint32_t>(Call::asleep);
    auto seen = static_cast<std::uint32_t>(Call::none);
    if (call_.compare_exchange_strong(seen, asleep))
        futex_wait(call_, asleep, background_patience);
    seen = call_.fetch_and(stop_bit);
    const auto call = static_cast<Call>(seen & ~stop_bit);
    return {call == Call::asleep ? Call::none : call, (seen & stop_bit) != 0};
}

void LoopState::run_background() noexcept
{
    is_background_thread = true;
    for (std::uint32_t seen = 0;;) {
        const auto [call, stops] = await_call();
        if (stops)
            return run_to_the_end(call == Call::take_over);
        const auto led = calls_led_.load();
        const bool callers_serve_it = call == Call::none && led != std::exchange(seen, led);
        if (!callers_serve_it && (call == Call::take_over || runner_.try_take()))
            run_as_background();
    }
}

/// Until a caller that blocks could do it just as well.
void LoopState::run_as_background()
{
    served_blocking_ = false;
    {
        const Turn turn{*this};
    }
    while (!(served_blocking_ && !needs_background()) && !is_stopping())
        context_->run_one();
    hand_over();
}

/// Everything was closed: what was cancelled by that still has to be told.
void LoopState::run_to_the_end(bool may_run)
{
    while (!may_run && !runner_.try_take())
        std::this_thread::yield();
    {
        const Turn turn{*this};
    }
    work_.reset();
    context_->run_for(std::chrono::seconds{1});
}

}
