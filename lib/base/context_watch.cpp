#include "lib/base/context_watch.hpp"

#include "lib/base/loop_state.hpp"

namespace coodie::detail {

asio::execution_context::id ContextWatch::id;

void ContextWatch::add(LoopState& loop)
{
    const std::lock_guard lock{mutex_};
    loops_.push_back(&loop);
}

void ContextWatch::remove(LoopState& loop) noexcept
{
    const std::lock_guard lock{mutex_};
    std::erase(loops_, &loop);
}

LoopState* ContextWatch::any()
{
    const std::lock_guard lock{mutex_};
    return loops_.empty() ? nullptr : loops_.back();
}

void ContextWatch::shutdown() noexcept
{
    while (auto* loop = any())
        loop->leave_context();
}

}
