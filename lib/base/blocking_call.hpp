#pragma once

#include "lib/base/waiter.hpp"
#include <coodie/loop.hpp>
#include <exception>

namespace coodie::detail {

/// A thread that starts something and waits for its answer: runs the loop itself when nobody else does.
/// Between construction and `wait` the operation is started, on this thread.
class BlockingCall
{
public:
    /// A null loop: whoever answers does so on a thread of its own, or at once.
    /// Errors: throws InvalidQueryError (would_deadlock) on a thread that runs the loop.
    BlockingCall(const Loop& loop, Waiter& waiter);
    ~BlockingCall();
    BlockingCall(const BlockingCall&) = delete;
    BlockingCall& operator=(const BlockingCall&) = delete;

    /// Returns when the waiter is done. What handlers on a user's loop throw meanwhile is thrown then.
    /// Errors: throws CoodieError (closed) where it `may_give_up`, once the context was stopped. The answer may come
    /// later still.
    void wait();

    /// A user's context: no thread of ours serves it.
    static bool may_give_up(const Loop& loop) noexcept;

private:
    void lead();
    void follow();
    void probe();
    bool is_left_to_us() const noexcept;
    bool was_run_here() const noexcept;
    std::chrono::nanoseconds patience() const;

    LoopState* loop_;
    Waiter& waiter_;
    const LoopState* outer_blocking_;
    const LoopState* outer_led_;
    std::uint32_t turns_ = 0;
    bool probed_ = false;
    bool was_stopped_ = false; ///< when we looked last
    bool gives_up_ = false;
    bool leads_ = false;
    std::exception_ptr thrown_;
};

}
