#include "lib/base/run_on.hpp"

#include <asio/post.hpp>

namespace coodie::detail {

namespace {

struct FunctionTask : Task
{
    std::function<void()> function;
    explicit FunctionTask(std::function<void()> f) : function{std::move(f)}
    {
        run = [](Task& task, LoopState& loop) noexcept {
            const std::unique_ptr<FunctionTask> self{&static_cast<FunctionTask&>(task)};
            if (loop.is_ending())
                return;
            try {
                self->function();
            } catch (...) {
                loop.rethrow_later(std::current_exception());
            }
        };
    }
};

}

void run_on(LoopState& loop, std::function<void()> function)
{
    loop.submit(*new FunctionTask{std::move(function)});
}

void run_later(LoopState& loop, std::function<void()> function)
{
    asio::post(loop.context(), [self = loop.shared_from_this(), function = std::move(function)]() mutable {
        const Turn turn{*self};
        function();
        function = nullptr;
    });
    if (loop.has_ended())
        loop.run_rest();
}

}
