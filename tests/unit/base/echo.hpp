#pragma once

#include "lib/base/block_on.hpp"
#include "lib/base/loop_state.hpp"
#include <asio/post.hpp>
#include <thread>

// Something to wait for.

using IntHandler = coodie::AnyHandler<void(std::exception_ptr, int)>;

/// Answers a few turns later, from inside the loop, as a connection does.
struct Echo : coodie::detail::Task
{
    IntHandler handler;
    int value;
    int hops;
    bool counts = false;
    std::thread::id answered_by = {};

    Echo(IntHandler h, int v, int n) : handler{std::move(h)}, value{v}, hops{n}
    {
        run = [](coodie::detail::Task& task, coodie::detail::LoopState& loop) noexcept {
            auto& self = static_cast<Echo&>(task);
            self.counts = task.user_code;
            if (self.counts)
                loop.begin_user_work();
            self.hop(loop);
        };
    }
    void hop(coodie::detail::LoopState& loop) noexcept
    {
        asio::post(loop.context(), [this, &loop] {
            const coodie::detail::Turn turn{loop};
            if (hops-- > 0)
                return hop(loop);
            if (counts)
                loop.end_user_work();
            auto done = std::move(handler);
            const auto result = value;
            delete this;
            done.complete(coodie::Loop{}, nullptr, result);
        });
    }
};

inline void start(const coodie::Loop& loop, int value, IntHandler handler, int hops = 3)
{
    loop.state()->submit(*new Echo{std::move(handler), value, hops});
}

struct OwnedLoop
{
    coodie::Loop loop{coodie::detail::LoopState::make()};
    OwnedLoop() = default;
    OwnedLoop(const OwnedLoop&) = delete;
    OwnedLoop& operator=(const OwnedLoop&) = delete;
    ~OwnedLoop() { loop.state()->stop(); }
};

inline int ask(const coodie::Loop& loop, int value)
{
    return coodie::detail::block_on<int>(loop, [&](IntHandler handler) { start(loop, value, std::move(handler)); });
}
