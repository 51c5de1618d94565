#include "lib/base/block_on.hpp"

#include "lib/base/loop_executor.hpp"
#include "lib/base/loop_state.hpp"
#include <asio/io_context.hpp>
#include <asio/post.hpp>
#include <atomic>
#include <coodie/exceptions.hpp>
#include <doctest/doctest.h>
#include <thread>
#include <vector>

using namespace coodie;
using namespace coodie::detail;

namespace {

using IntHandler = AnyHandler<void(std::exception_ptr, int)>;

/// Answers a few turns later, from inside the loop, as a connection does.
struct Echo : Task
{
    IntHandler handler;
    int value;
    int hops;
    bool counts = false;
    std::thread::id answered_by = {};

    Echo(IntHandler h, int v, int n) : handler{std::move(h)}, value{v}, hops{n}
    {
        run = [](Task& task, LoopState& loop) noexcept {
            auto& self = static_cast<Echo&>(task);
            self.counts = task.user_code;
            if (self.counts)
                loop.begin_user_work();
            self.hop(loop);
        };
    }
    void hop(LoopState& loop) noexcept
    {
        asio::post(loop.context(), [this, &loop] {
            const Turn turn{loop};
            if (hops-- > 0)
                return hop(loop);
            if (counts)
                loop.end_user_work();
            auto done = std::move(handler);
            const auto result = value;
            delete this;
            done.complete(Loop{}, nullptr, result);
        });
    }
};

void start(const Loop& loop, int value, IntHandler handler, int hops = 3)
{
    loop.state()->submit(*new Echo{std::move(handler), value, hops});
}

struct OwnedLoop
{
    Loop loop{LoopState::make()};
    OwnedLoop() = default;
    OwnedLoop(const OwnedLoop&) = delete;
    OwnedLoop& operator=(const OwnedLoop&) = delete;
    ~OwnedLoop() { loop.state()->stop(); }
};

int ask(const Loop& loop, int value)
{
    return block_on<int>(loop, [&](IntHandler handler) { start(loop, value, std::move(handler)); });
}

}

TEST_CASE("without a loop the answer may come at once or from another thread")
{
    CHECK(block_on<int>(Loop{}, [](IntHandler h) { h.complete(Loop{}, nullptr, 5); }) == 5);
    std::thread other;
    const auto late = block_on<int>(Loop{}, [&](IntHandler h) {
        other = std::thread{[h = std::move(h)]() mutable { h.complete(Loop{}, nullptr, 6); }};
    });
    other.join();
    CHECK(late == 6);
    block_on<void>(Loop{}, [](AnyHandler<void(std::exception_ptr)> h) { h.complete(Loop{}, nullptr); });
}

TEST_CASE("an error is thrown as what it is")
{
    const auto error = std::make_exception_ptr(std::out_of_range{"x"});
    CHECK_THROWS_AS(block_on<int>(Loop{}, [&](IntHandler h) { h.complete(Loop{}, error, 0); }), std::out_of_range);
    CHECK_THROWS_AS(block_on<void>(Loop{}, [&](AnyHandler<void(std::exception_ptr)> h) { h.complete(Loop{}, error); }),
                    std::out_of_range);
}

TEST_CASE("what start throws leaves the loop usable")
{
    const OwnedLoop owned;
    CHECK_THROWS_AS(block_on<int>(owned.loop, [](IntHandler) { throw std::out_of_range{"x"}; }), std::out_of_range);
    CHECK(ask(owned.loop, 3) == 3);
}

TEST_CASE("a caller that blocks runs an idle loop itself")
{
    const OwnedLoop owned;
    for (int n = 0; n < 200; ++n)
        CHECK(ask(owned.loop, n) == n);
}

TEST_CASE("sixteen callers that block share one loop, whoever runs it")
{
    const OwnedLoop owned;
    std::atomic<int> right{0};
    std::vector<std::thread> callers;
    for (int t = 0; t < 16; ++t)
        callers.emplace_back([&, t] {
            for (int n = 0; n < 300; ++n)
                right += ask(owned.loop, t * 1000 + n) == t * 1000 + n;
        });
    for (auto& caller : callers)
        caller.join();
    CHECK(right == 16 * 300);
}

TEST_CASE("code of the user's never runs on a caller that blocks on an owned loop")
{
    const OwnedLoop owned;
    std::atomic<int> answered{0}, on_a_caller{0};
    static thread_local bool is_caller = false;
    std::vector<std::thread> callers;
    for (int t = 0; t < 4; ++t)
        callers.emplace_back([&, t] {
            is_caller = true;
            for (int n = 0; n < 300; ++n) {
                if ((n + t) % 3 != 0)
                    ask(owned.loop, n);
                else
                    start(owned.loop, n, [&](std::exception_ptr, int) {
                        on_a_caller += is_caller;
                        ++answered;
                    });
            }
        });
    for (auto& caller : callers)
        caller.join();
    while (answered != 400)
        ask(owned.loop, 1);
    CHECK(on_a_caller == 0);
}

TEST_CASE("work without a caller is served by the background thread")
{
    const OwnedLoop owned;
    for (int n = 0; n < 50; ++n) {
        Waiter answered;
        start(owned.loop, n, [&](std::exception_ptr, int) { answered.finish(); });
        while (!answered.wait()) {
        }
    }
}

TEST_CASE("a loop that ends while it changes hands tells what is on its way, and ends")
{
    std::atomic<int> told{0};
    for (int n = 0; n < 20; ++n) {
        const OwnedLoop owned;
        block_on<int>(owned.loop, [&](IntHandler h) {
            std::thread{[&] { start(owned.loop, 2, [&](std::exception_ptr, int) { ++told; }); }}.join();
            h.complete(Loop{}, nullptr, 1);
        });
    }
    CHECK(told == 20);
}

TEST_CASE("a blocking call inside a handler is refused")
{
    const OwnedLoop owned;
    Waiter answered;
    errc refused{};
    start(owned.loop, 1, [&](std::exception_ptr, int) {
        try {
            ask(owned.loop, 2);
        } catch (const InvalidQueryError& error) {
            refused = error.error().code();
        }
        answered.finish();
    });
    while (!answered.wait()) {
    }
    CHECK(refused == errc::would_deadlock);
}

TEST_CASE("a user's context that nobody runs is run by the caller that blocks")
{
    asio::io_context context;
    const auto loop = loop_of_context(context);
    for (int n = 0; n < 50; ++n)
        CHECK(ask(loop, n) == n);
}

TEST_CASE("a user's context that a thread runs answers callers on other threads, and refuses its own")
{
    asio::io_context context;
    const auto work = asio::make_work_guard(context);
    const auto loop = loop_of_context(context);
    std::thread::id answered_by;
    std::thread runner{[&] { context.run(); }};
    for (int n = 0; n < 100; ++n)
        CHECK(ask(loop, n) == n);
    block_on<int>(loop, [&](IntHandler h) {
        start(loop, 1, [&, h = std::move(h)](std::exception_ptr, int n) mutable {
            answered_by = std::this_thread::get_id();
            CHECK(loop.is_current());
            CHECK_THROWS_AS(ask(loop, 1), InvalidQueryError);
            h.complete(Loop{}, nullptr, n);
        });
    });
    CHECK(answered_by == runner.get_id());
    CHECK_FALSE(loop.is_current());
    context.stop();
    runner.join();
}

TEST_CASE("a user's context stays with the thread that runs it, however long its handlers take")
{
    asio::io_context context;
    const auto work = asio::make_work_guard(context);
    const auto loop = loop_of_context(context);
    std::thread runner{[&] { context.run(); }};
    Waiter runs, busy;
    start(loop, 0, [&](std::exception_ptr, int) { runs.finish(); });
    while (!runs.wait()) {
    }
    asio::post(context, [&] {
        busy.finish();
        std::this_thread::sleep_for(std::chrono::milliseconds{150}); // longer than a context goes without a probe
    });
    while (!busy.wait()) {
    }
    std::thread::id answered_by;
    block_on<int>(loop, [&](IntHandler h) {
        start(loop, 1, [&, h = std::move(h)](std::exception_ptr, int n) mutable {
            answered_by = std::this_thread::get_id();
            h.complete(Loop{}, nullptr, n);
        });
    });
    CHECK(answered_by == runner.get_id());
    context.stop();
    runner.join();
}

TEST_CASE("a user's context is run by a caller whose thread ran it before")
{
    asio::io_context context;
    const auto loop = loop_of_context(context);
    int told = 0;
    start(loop, 1, [&](std::exception_ptr, int) { ++told; });
    context.run();
    CHECK(told == 1);
    CHECK(ask(loop, 2) == 2);
}

TEST_CASE("a deadline of a loop rings although nobody calls")
{
    const OwnedLoop owned;
    struct Ring : Deadline
    {
        Waiter* waiter;
    } ring;
    Waiter waiter;
    ring.waiter = &waiter;
    ring.expire = [](Deadline& deadline) noexcept { static_cast<Ring&>(deadline).waiter->finish(); };
    struct Arm : Task
    {
        Ring* ring;
    } arm;
    arm.ring = &ring;
    arm.run = [](Task& task, LoopState& loop) noexcept {
        loop.link(*static_cast<Arm&>(task).ring, loop.now() + std::chrono::milliseconds{20});
    };
    const auto before = Clock::now();
    owned.loop.state()->submit(arm);
    while (!waiter.wait()) {
    }
    CHECK(Clock::now() - before >= std::chrono::milliseconds{20});
}
