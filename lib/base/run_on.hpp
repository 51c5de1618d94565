#pragma once

#include "lib/base/loop_state.hpp"
#include <functional>

namespace coodie::detail {

/// Runs a function inside a turn of the loop, where code of the user's may run: at once if the caller is in one. Never,
/// if the loop's context is destroyed before. Threads: any.
void run_on(LoopState& loop, std::function<void()> function);

/// The same in a turn to come, after what is on the stack now has returned.
void run_later(LoopState& loop, std::function<void()> function);

}
