#include "lib/base/run_on.hpp"

namespace coodie::detail {

namespace {

/// Keeps the loop until it has run.
struct FunctionTask : Task, EndOfTurn
{
    const std::shared_ptr<LoopState> loop;
    std::function<void()> function;

    FunctionTask(LoopState& l, std::function<void()> f) : loop{l.shared_from_this()}, function{std::move(f)}
    {
        Task::run = [](Task& task, LoopState&) noexcept { static_cast<FunctionTask&>(task).call(); };
        EndOfTurn::run = [](EndOfTurn& work) noexcept { static_cast<FunctionTask&>(work).enter_inbox(); };
    }
    void call() noexcept
    {
        const std::unique_ptr<FunctionTask> self{this};
        if (loop->is_ending())
            return;
        try {
            function();
        } catch (...) {
            loop->rethrow_later(std::current_exception());
        }
    }
    /// This turn does not look there any more.
    void enter_inbox() noexcept
    {
        if (loop->is_ending())
            delete this;
        else
            loop->submit_later(*this);
    }
};

}

void run_on(LoopState& loop, std::function<void()> function)
{
    loop.submit(*new FunctionTask{loop, std::move(function)});
}

void run_later(LoopState& loop, std::function<void()> function, Code code)
{
    auto& task = *new FunctionTask{loop, std::move(function)};
    task.user_code = code == Code::users;
    if (loop.in_turn())
        loop.mark(task);
    else
        loop.submit_later(task);
}

}
