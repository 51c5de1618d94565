#include "echo.hpp"

#include "lib/base/loop_executor.hpp"
#include <asio/io_context.hpp>
#include <coodie/exceptions.hpp>
#include <doctest/doctest.h>

// Callers that block on a context of the user's.

using namespace coodie;
using namespace coodie::detail;

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

TEST_CASE("a user's context stays with its thread although that is in a long handler from the beginning")
{
    asio::io_context context;
    const auto work = asio::make_work_guard(context);
    const auto loop = loop_of_context(context);
    Waiter busy;
    asio::post(context, [&] {
        busy.finish();
        std::this_thread::sleep_for(std::chrono::milliseconds{150});
    });
    std::thread runner{[&] { context.run(); }};
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

TEST_CASE("a user's context without any work is run by the caller at once")
{
    asio::io_context context;
    const auto before = Clock::now();
    CHECK(ask(loop_of_context(context), 1) == 1);
    CHECK(Clock::now() - before < std::chrono::milliseconds{40});
}

TEST_CASE("a context that its thread was told to leave is not run by others, who hear that it is closed")
{
    asio::io_context context;
    auto work = asio::make_work_guard(context);
    const auto loop = loop_of_context(context);
    std::thread runner{[&] { context.run(); }};
    CHECK(ask(loop, 1) == 1);
    context.stop();
    runner.join();
    bool ran = false;
    asio::post(context, [&] { ran = true; });
    errc refused{};
    try {
        ask(loop, 2);
    } catch (const CoodieError& thrown) {
        refused = thrown.error().code();
    }
    CHECK(refused == errc::closed);
    CHECK(context.stopped());
    CHECK_FALSE(ran);
    context.restart();
    work.reset();
    context.run(); // the answer comes now, to nobody
    CHECK(ran);
    CHECK(ask(loop, 3) == 3);
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
