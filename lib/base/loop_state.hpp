#pragma once

#include "lib/base/inbox.hpp"
#include "lib/base/runner.hpp"
#include "lib/base/timer_wheel.hpp"
#include <asio/executor_work_guard.hpp>
#include <asio/io_context.hpp>
#include <asio/steady_timer.hpp>
#include <coodie/loop.hpp>
#include <exception>
#include <optional>
#include <thread>

namespace coodie::detail {

/// Called once at the end of the turn that it was marked in: where a connection sends what gathered.
struct EndOfTurn
{
    EndOfTurn* next = nullptr;
    bool is_marked = false;
    void (*run)(EndOfTurn&) noexcept = nullptr;
};

/// What lives on a loop and must hear of it when the loop's context is destroyed: inside a turn, the last on that
/// context. It gives up what it waits for there, calls nobody, and moves out.
struct Resident
{
    Resident* previous = nullptr;
    Resident* next = nullptr;
    bool is_in = false;
    void (*evict)(Resident&) noexcept = nullptr;
};

class ContextWatch;

/// An io_context and what lives beside it: see README.md. What is not marked as callable from any thread belongs to a
/// turn.
struct LoopState : std::enable_shared_from_this<LoopState>
{
    static std::shared_ptr<LoopState> make();      ///< with a context and a background thread of its own: see `stop`
    LoopState();                                   ///< with a context of its own; `make` gives it its thread
    explicit LoopState(asio::io_context& context); ///< on the user's; no thread
    ~LoopState();
    LoopState(const LoopState&) = delete;
    LoopState& operator=(const LoopState&) = delete;

    /// Ends the background thread, which keeps this object alive until then; nobody serves the loop afterwards.
    /// Any thread; one that runs a loop, this or another, does not wait: the background thread may be waiting for it.
    void stop() noexcept;

    asio::io_context& context() noexcept { return *context_; }
    bool is_owned() const noexcept { return owned_; }

    /// The user's context is being destroyed, and this lives on without it.
    void leave_context() noexcept;
    /// It is being destroyed right now: what waits is dropped, and no handler is called.
    bool is_ending() const noexcept { return is_ending_; }
    /// It was destroyed: the calling thread runs what there is left to run, unless it does that already.
    bool has_ended() const noexcept { return !owned_ && own_context_; }
    void run_rest() noexcept;
    void move_in(Resident& resident) noexcept;
    void move_out(Resident& resident) noexcept;

    /// Any thread: runs the task in a turn, at once when the calling thread may.
    void submit(Task& task) noexcept;
    /// Any thread: runs the task in a turn once what is on the stack has returned; where code of the user's may run, if
    /// it is.
    void submit_later(Task& task) noexcept;
    /// Any thread: the calling thread is inside `context().run()`.
    bool is_current() const noexcept { return context_->get_executor().running_in_this_thread(); }
    /// Any thread: a thread of the user's has run this context of theirs, and has not run out of work since.
    bool is_run_by_user() const noexcept
    {
        return foreign_turns_.load(std::memory_order_relaxed) != 0 && !context_->stopped() && !has_ended();
    }
    bool in_turn() const noexcept { return turn_owner_.load(std::memory_order_relaxed) == this_thread(); }

    Clock::time_point now() const noexcept { return now_; } ///< when this turn began
    /// The wait as options give it: any length will do.
    Clock::time_point after(std::chrono::milliseconds wait) const noexcept { return now_ + bounded(wait); }
    void link(Deadline& deadline, Clock::time_point when) noexcept
    {
        wheel_.link(deadline, when);
        if (deadline.tick < armed_tick_)
            arm_timer(deadline.tick);
    }
    void unlink(Deadline& deadline) noexcept { wheel_.unlink(deadline); }
    void mark(EndOfTurn& work) noexcept
    {
        if (work.is_marked)
            return;
        work.is_marked = true;
        work.next = marked_;
        marked_ = &work;
    }
    /// Counts operations in flight that end in user code: while there are any, no blocked caller runs an owned loop.
    void begin_user_work() noexcept { ++user_work_; }
    void end_user_work() noexcept { --user_work_; }
    /// A handler threw: the exception leaves `run()` of whoever runs the context, after this turn.
    void rethrow_later(std::exception_ptr thrown);
    /// Nothing is in flight any more: an armed timer shall not keep the user's `run()` from returning.
    void disarm() noexcept;

private:
    friend class Turn;
    friend class BlockingCall;

    static const void* this_thread() noexcept;
    void begin_turn() noexcept;
    void end_turn() noexcept;
    void lock_turn() noexcept;
    void unlock_turn() noexcept;
    void submit_between_turns(Task& task) noexcept;
    void run_tasks() noexcept;
    void run_marked() noexcept;
    void post_turn();
    void wake() noexcept;
    void arm_timer(std::int64_t tick) noexcept;
    void on_timer() noexcept;

    bool is_led_here() const noexcept;
    bool has_no_work();
    bool is_run_by_nobody();
    bool may_run_now(const Task& task) const noexcept { return !(is_owned() && led_ && task.user_code); }
    bool needs_background() const noexcept { return is_owned() && (user_work_ != 0 || backlog_ != nullptr); }
    std::exception_ptr lead(const Waiter& waiter);
    void run_some();
    void hand_over() noexcept;

    enum class Call : std::uint32_t
    {
        none,
        asleep,
        wake,
        take_over, ///< the right to run comes with it
    };
    struct Called
    {
        Call call;
        bool stops; ///< it was the last
    };
    static constexpr std::uint32_t stop_bit = 4; ///< beside the call that is under way
    static_assert(static_cast<std::uint32_t>(Call::take_over) < stop_bit);
    bool call_background(Call call) noexcept;
    void stop_background() noexcept;
    bool is_stopping() const noexcept { return (call_.load() & stop_bit) != 0; }
    Called await_call() noexcept;
    void run_background() noexcept;
    void run_as_background();
    void run_to_the_end(bool may_run);

    std::atomic<const void*> turn_owner_{nullptr};
    Clock::time_point now_ = Clock::now();
    EndOfTurn* marked_ = nullptr;
    std::size_t user_work_ = 0;
    const bool owned_;
    bool is_ending_ = false;
    bool turn_posted_ = false;
    bool led_ = false; ///< a caller that blocks runs the loop
    bool served_blocking_ = false;
    Task* backlog_ = nullptr;
    Resident* residents_ = nullptr;
    std::int64_t armed_tick_ = TimerWheel::never;
    TimerWheel wheel_{now_};
    Inbox inbox_;

    Runner runner_;
    Followers followers_;
    std::atomic<std::uint32_t> foreign_turns_{0};   ///< turns that no caller of ours led
    std::atomic<const void*> last_runner_{nullptr}; ///< the thread of the last of them
    std::atomic<std::uint32_t> calls_led_{0};
    std::atomic<bool> nobody_runs_{false}; ///< a user's context had no work, or left a probe unanswered
    std::atomic<std::uint32_t> call_{0};
    std::thread background_;

    std::optional<asio::io_context> own_context_; ///< of an owned loop; or in place of a user's that is gone
    asio::io_context* context_;
    std::optional<asio::executor_work_guard<asio::io_context::executor_type>> work_;
    std::optional<asio::steady_timer> timer_;
    ContextWatch* watch_ = nullptr; ///< of a user's context, while that lives
};

/// A stretch of time in which one thread has the loop for itself. Nests on the same thread.
class Turn
{
public:
    explicit Turn(LoopState& loop) noexcept : loop_{loop}, outer_{!loop.in_turn()}
    {
        if (outer_)
            loop_.begin_turn();
    }
    ~Turn()
    {
        if (outer_)
            loop_.end_turn();
    }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;

private:
    LoopState& loop_;
    bool outer_;
};

}
