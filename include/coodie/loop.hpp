#pragma once

#include <coodie/export.hpp>
#include <memory>

namespace coodie {

namespace detail {
struct LoopState;
}

/// Where connections live and handlers run: an io_context of the library's or of the user's, without naming Asio.
/// `loop_of(io_context&)` in async.hpp makes one from a context of the user's, which must outlive it.
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
