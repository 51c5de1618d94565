#pragma once

#include <cstddef>

namespace coodie::detail {

struct LoopState;

/// The loop whose right to run this thread holds while it blocks.
extern constinit thread_local const LoopState* led_by_this_thread;
/// The loop on which this thread starts something to block on: its answer runs no code of the user's.
extern constinit thread_local const LoopState* blocking_on_this_thread;
/// This thread is the background thread of an owned loop.
extern constinit thread_local bool is_background_thread;
/// How many turns, of whatever loops, this thread is in.
extern constinit thread_local std::size_t turns_of_this_thread;

}
