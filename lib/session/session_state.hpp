#pragma once

#include "lib/session/session_loop.hpp"
#include <mutex>

namespace coodie::detail {

/// Does something on each loop of a session, all at once or one after the other until one fails, then tells the first
/// error. It ends in time, whatever the loops do: one of them may be a context that nobody runs.
class OnEachLoop : public std::enable_shared_from_this<OnEachLoop>
{
public:
    using Step = std::function<void(SessionLoop&, SessionLoop::Done)>;
    using Done = std::function<void(const Error&)>;
    enum class Order : std::uint8_t
    {
        at_once,
        one_by_one,
    };

    /// How long the loops may take, and where the end is told: on a loop that the caller runs if it blocks.
    struct Limit
    {
        Loop on;
        std::chrono::milliseconds most;
        /// What to tell then; the error says which loops have not ended. None: that.
        std::function<Error(SessionLoop& first, const Error& late)> late = {};
    };

    static void run(std::vector<std::shared_ptr<SessionLoop>> loops, Order order, Step step, const Limit& limit,
                    Done done);

private:
    void begin(std::size_t at);
    void ended(std::size_t at, const Error& error);
    void tell();
    void finish();
    Error why_late() const;

    std::vector<std::shared_ptr<SessionLoop>> loops_;
    Order order_ = Order::at_once;
    Step step_;
    Done done_;
    Limit limit_;
    Done tell_; ///< on its loop only
    std::mutex mutex_;
    std::vector<bool> has_ended_; ///< by loop
    std::size_t left_ = 0;
    Error error_;
};

/// What the handles of one session share. Threads: any; the loops do the work.
/// Lifetime: the last handle closes it.
class SessionState : public std::enable_shared_from_this<SessionState>
{
public:
    explicit SessionState(std::shared_ptr<const Settings> settings);
    ~SessionState();
    SessionState(const SessionState&) = delete;
    SessionState& operator=(const SessionState&) = delete;

    const Settings& settings() const noexcept { return *settings_; }
    const SessionOptions& options() const noexcept { return settings_->options; }
    /// Where a request of the calling thread goes: its own loop if it runs one of them.
    SessionLoop& loop() noexcept { return loops_.size() == 1 ? *loops_.front() : loop_of_this_thread(); }
    const std::vector<std::shared_ptr<SessionLoop>>& loops() const noexcept { return loops_; }

    const Commons& commons() const noexcept { return *commons_; }

    /// For an operation of this thread that takes that long where all loops are run, and hears of each within the
    /// timeout of a request.
    OnEachLoop::Limit limit(std::chrono::milliseconds most = {}) noexcept;

private:
    SessionLoop& loop_of_this_thread() noexcept;

    const std::shared_ptr<const Settings> settings_;
    std::vector<std::shared_ptr<SessionLoop>> loops_;
    const std::shared_ptr<Commons> commons_;
};

/// What a handle that was never connected answers.
inline Error no_session()
{
    return {errc::closed, "this session was never connected; make one by Session::connect"};
}

/// A copy for callbacks that std::function must be able to copy.
template <class Handler> std::shared_ptr<Handler> shared(Handler&& handler)
{
    return std::make_shared<Handler>(std::move(handler));
}

}
