#pragma once

namespace coodie::detail {

struct LoopState;

/// The loop whose right to run this thread holds while it blocks.
extern constinit thread_local const LoopState* led_by_this_thread;
/// The loop on which this thread starts something to block on: its answer runs no code of the user's.
extern constinit thread_local const LoopState* blocking_on_this_thread;

}
