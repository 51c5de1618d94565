#pragma once

#include "lib/base/loop_state.hpp"
#include <functional>

namespace coodie::detail {

/// Runs a function inside a turn of the loop, where code of the user's may run: at once if the caller is in one. Never,
/// if the loop's context is destroyed before: then it is destroyed. Threads: any.
void run_on(LoopState& loop, std::function<void()> function);

/// Whose code a function calls.
enum class Code : std::uint8_t
{
    users, ///< never on a caller that blocks on an owned loop
    ours,
};

/// The same in a turn to come: after what is on the stack now has returned, and after the end of the turn that the
/// caller is in.
void run_later(LoopState& loop, std::function<void()> function, Code code = Code::users);

}
