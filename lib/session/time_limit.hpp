#pragma once

#include "lib/base/loop_state.hpp"
#include <coodie/error.hpp>
#include <functional>
#include <memory>

namespace coodie::detail {

/// Ends a wait in time. Inside turns of its loop. Lifetime: it keeps itself, and what is to be told, until the wait has
/// ended, or its context is destroyed: then nobody is told.
class TimeLimit : Deadline, Resident
{
public:
    using Done = std::function<void(const Error&)>;

    /// What to tell instead of `done`, which is called once: with what that is told, or with `late`.
    static Done set(LoopState& loop, std::chrono::milliseconds most, Error late, Done done);

private:
    TimeLimit(LoopState& loop, Error late, Done done);
    void end(const Error& error);
    std::shared_ptr<TimeLimit> leave() noexcept;

    LoopState& loop_;
    const Error late_;
    Done done_; ///< null: it was called
    std::shared_ptr<TimeLimit> self_;
};

}
