#include <coodie/loop.hpp>

#include "lib/base/loop_executor.hpp"
#include "lib/base/loop_state.hpp"
#include <asio/system_executor.hpp>
#include <typeinfo>

namespace coodie {

bool Loop::is_current() const noexcept
{
    return state_ && (state_->in_turn() || state_->is_current());
}

namespace detail {

Loop loop_of_context(asio::io_context& context)
{
    return Loop{std::make_shared<LoopState>(context)};
}

asio::any_io_executor executor_of(const Loop& loop) noexcept
{
    if (!loop)
        return asio::system_executor{};
    return loop.state()->context().get_executor();
}

bool is_executor_of(const Loop& loop, const asio::any_io_executor& executor) noexcept
{
    using Executor = asio::io_context::executor_type;
    // Asked first: target() casts whatever the executor holds.
    return loop && executor.target_type() == typeid(Executor) &&
           *executor.target<Executor>() == loop.state()->context().get_executor();
}

}

}
