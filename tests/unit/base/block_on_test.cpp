#include "echo.hpp"

#include "lib/base/run_on.hpp"

#include <atomic>
#include <coodie/exceptions.hpp>
#include <doctest/doctest.h>
#include <vector>

using namespace coodie;
using namespace coodie::detail;

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

TEST_CASE("a handler may end another loop whose thread waits for that handler")
{
    const OwnedLoop waiting;
    Waiter asked, answered, ended;
    {
        const OwnedLoop ending;
        start(waiting.loop, 1, [&](std::exception_ptr, int) {
            while (!asked.wait()) {
            }
            ending.loop.state()->stop();
            answered.finish();
        });
        start(ending.loop, 2, [&](std::exception_ptr, int) {
            asked.finish();
            while (!answered.wait()) {
            }
            ended.finish();
        });
        while (!ended.wait()) {
        }
    }
}

TEST_CASE(
    "what is to run later runs after the turn and what that marked, not on a caller that blocks, and wakes the loop")
{
    const OwnedLoop owned;
    auto& loop = *owned.loop.state();
    struct Marked : EndOfTurn
    {
        std::string order;
    } marked;
    marked.run = [](EndOfTurn& work) noexcept { static_cast<Marked&>(work).order += "end "; };
    const auto caller = std::this_thread::get_id();
    std::thread::id ran_on;
    auto shortest = Clock::duration::max();
    for (int round = 0; round < 5; ++round) {
        marked.order.clear();
        Waiter ran;
        block_on<int>(owned.loop, [&](IntHandler h) {
            run_on(loop, [&] {
                run_later(loop, [&] {
                    marked.order += "later";
                    ran_on = std::this_thread::get_id();
                    ran.finish();
                });
                loop.mark(marked);
                marked.order += "turn ";
            });
            h.complete(Loop{}, nullptr, 1);
        });
        const auto begin = Clock::now();
        while (!ran.wait()) {
        }
        shortest = std::min(shortest, Clock::now() - begin);
        CHECK(marked.order == "turn end later");
        CHECK(ran_on != caller);
    }
    CHECK(shortest < std::chrono::milliseconds{80});
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
