#pragma once

#include <coodie/export.hpp>
#include <memory>

namespace coodie {

namespace detail {
struct LoopState;
}

/// Where connections live and handlers run: an io_context of the library's or of the user's, without naming Asio.
/// `loop_of(io_context&)` in async.hpp makes one from a context of the user's. Should that be destroyed before the
/// sessions on it, they are closed: handlers that wait are destroyed uncalled, as Asio's are, and what is asked later
/// ends with errc::closed on the calling thread. No other thread may use them while the context is destroyed.
///
/// A blocking call waits for the thread that runs a context of the user's. If the context has no work at all, or if no
/// thread was seen to run it and the call stays unanswered for a second, the calling thread runs it until the answer is
/// there, and with it whatever else is posted there. So start the threads that run a context before the first blocking
/// call, and keep their handlers short. What another thread ran and was stopped is not run: the call ends with
/// errc::closed, after a second.
/// Threads: a handle; copy it anywhere.
class COODIE_API Loop
{
public:
    Loop() noexcept = default;
    explicit Loop(std::shared_ptr<detail::LoopState> state) noexcept : state_{std::move(state)} {}

    explicit operator bool() const noexcept { return state_ != nullptr; }
    /// The calling thread runs this loop right now: a blocking call here would wait for itself.
    bool is_current() const noexcept;
    const std::shared_ptr<detail::LoopState>& state() const noexcept { return state_; }

private:
    std::shared_ptr<detail::LoopState> state_;
};

}
