#include "later_driver.hpp"
#include <asio/co_spawn.hpp>
#include <asio/detached.hpp>
#include <asio/executor_work_guard.hpp>
#include <asio/experimental/awaitable_operators.hpp>
#include <asio/io_context.hpp>
#include <asio/steady_timer.hpp>
#include <asio/this_coro.hpp>
#include <asio/thread_pool.hpp>
#include <asio/use_awaitable.hpp>
#include <asio/use_future.hpp>
#include <asio/version.hpp>
#include <doctest/doctest.h>
#include <thread>
#if ASIO_VERSION >= 102600
#include <asio/as_tuple.hpp>
#include <asio/deferred.hpp>
namespace tokens = asio;
#else
#include <asio/experimental/as_tuple.hpp>
#include <asio/experimental/deferred.hpp>
namespace tokens = asio::experimental;
#endif
#if ASIO_VERSION >= 103000
#include <asio/cancel_after.hpp>
#endif

using namespace coodie;
using namespace coodie::testing;

namespace {

/// Runs a coroutine on the context until nothing is left to do; what it throws is thrown here.
template <class Coroutine> void run(asio::io_context& io, Coroutine&& coroutine)
{
    std::exception_ptr thrown;
    asio::co_spawn(io, std::forward<Coroutine>(coroutine), [&](std::exception_ptr e) { thrown = e; });
    io.run();
    if (thrown)
        std::rethrow_exception(thrown);
}

asio::awaitable<int> read_value(AbstractDriver& driver)
{
    const Statement statement{"SELECT"};
    const auto answer = co_await driver.async_execute(statement, asio::use_awaitable);
    co_return answer.front()["value"].as<int>();
}

asio::awaitable<void> pass(asio::io_context& io)
{
    co_await asio::post(io, asio::use_awaitable);
}

}

TEST_CASE("a coroutine gets the rows as the value of co_await")
{
    asio::io_context io;
    MockDriver driver{"test", loop_of(io)};
    driver.answer(rows({"value"}, row(7)));
    int value = 0;
    run(io, [&]() -> asio::awaitable<void> { value = co_await read_value(driver); });
    CHECK(value == 7);
}

TEST_CASE("a coroutine that waits for a failed statement is thrown its error")
{
    asio::io_context io;
    MockDriver driver{"test", loop_of(io)};
    driver.fail(errc::syntax_error, "line 1:0");
    CHECK_THROWS_AS(run(io, [&]() -> asio::awaitable<void> { co_await read_value(driver); }), SyntaxError);
}

TEST_CASE("a coroutine goes on in the thread that it waited in")
{
    asio::io_context io;
    asio::io_context loop;
    auto work = asio::make_work_guard(loop);
    MockDriver driver{"test", loop_of(loop)};
    driver.answer(rows({"value"}, row(7)));
    std::thread runs_loop{[&] { loop.run(); }};
    bool same = false;
    run(io, [&]() -> asio::awaitable<void> {
        const auto before = std::this_thread::get_id();
        co_await read_value(driver);
        same = before == std::this_thread::get_id();
    });
    work.reset();
    runs_loop.join();
    CHECK(same);
}

TEST_CASE("ten thousand statements answered at once, in one coroutine, do not grow the stack")
{
    asio::io_context io;
    MockDriver driver;
    for (int i = 0; i != 10'000; ++i)
        driver.answer(rows({"value"}, row(1)));
    int sum = 0;
    run(io, [&]() -> asio::awaitable<void> {
        for (int i = 0; i != 10'000; ++i)
            sum += co_await read_value(driver);
    });
    CHECK(sum == 10'000);
}

TEST_CASE("a future has the rows, or throws")
{
    asio::io_context io;
    MockDriver driver{"test", loop_of(io)};
    driver.answer(rows({"value"}, row(7))).fail(errc::unavailable, "down");
    auto answered = driver.async_execute("SELECT", asio::use_future);
    auto failed = driver.async_execute("SELECT", asio::use_future);
    io.run();
    CHECK(answered.get().front()["value"].as<int>() == 7);
    CHECK_THROWS_AS(failed.get(), Unavailable);
}

TEST_CASE("a future is filled while another thread runs the loop")
{
    asio::io_context io;
    auto work = asio::make_work_guard(io);
    std::thread runs{[&] { io.run(); }};
    MockDriver driver{"test", loop_of(io)};
    for (int i = 0; i != 100; ++i)
        driver.answer(rows({"value"}, row(i)));
    bool right = true;
    for (int i = 0; i != 100; ++i)
        right = right && driver.async_execute_one("SELECT", asio::use_future).get() == Value{i};
    work.reset();
    runs.join();
    CHECK(right);
}

TEST_CASE("a deferred operation starts when it is called")
{
    asio::io_context io;
    MockDriver driver{"test", loop_of(io)};
    driver.answer(rows({"value"}, row(7)));
    auto operation = driver.async_execute("SELECT", tokens::deferred);
    CHECK(driver.requests().empty());
    int value = 0;
    std::move(operation)([&](std::exception_ptr, Rows answer) { value = answer.front()["value"].as<int>(); });
    io.run();
    CHECK(value == 7);
}

TEST_CASE("as_tuple gives the error as a value")
{
    asio::io_context io;
    MockDriver driver{"test", loop_of(io)};
    driver.fail(errc::unavailable, "down");
    bool failed = false;
    run(io, [&]() -> asio::awaitable<void> {
        const Statement statement{"SELECT"};
        const auto outcome = co_await driver.async_execute(statement, tokens::as_tuple(asio::use_awaitable));
        failed = std::get<0>(outcome) != nullptr;
    });
    CHECK(failed);
}

TEST_CASE("a timer beats a statement, which is given up")
{
    using namespace asio::experimental::awaitable_operators;
    asio::io_context io;
    LaterDriver driver{loop_of(io)};
    std::size_t winner = 99;
    run(io, [&]() -> asio::awaitable<void> {
        asio::steady_timer timer{io, std::chrono::milliseconds{1}};
        const auto first = co_await (read_value(driver) || timer.async_wait(asio::use_awaitable));
        winner = first.index();
    });
    CHECK(winner == 1);
    CHECK(driver.orphans() == 1);
    CHECK(driver.waiting() == 0);
}

TEST_CASE("a statement beats a timer")
{
    using namespace asio::experimental::awaitable_operators;
    asio::io_context io;
    MockDriver driver{"test", loop_of(io)};
    driver.answer(rows({"value"}, row(7)));
    std::size_t winner = 99;
    run(io, [&]() -> asio::awaitable<void> {
        asio::steady_timer timer{io, std::chrono::hours{1}};
        const auto first = co_await (read_value(driver) || timer.async_wait(asio::use_awaitable));
        winner = first.index();
    });
    CHECK(winner == 0);
}

TEST_CASE("two statements of a coroutine wait at the same time")
{
    using namespace asio::experimental::awaitable_operators;
    asio::io_context io;
    LaterDriver driver{loop_of(io)};
    int sum = 0;
    asio::co_spawn(
        io,
        [&]() -> asio::awaitable<void> {
            const auto [a, b] = co_await (read_value(driver) && read_value(driver));
            sum = a + b;
        },
        asio::detached);
    run(io, [&]() -> asio::awaitable<void> {
        while (driver.waiting() != 2)
            co_await pass(io);
        driver.answer_all(4);
    });
    CHECK(sum == 8);
}

#if ASIO_VERSION >= 103000
TEST_CASE("cancel_after gives a statement up")
{
    asio::io_context io;
    LaterDriver driver{loop_of(io)};
    std::exception_ptr error;
    driver.async_execute(
        "SELECT", asio::cancel_after(std::chrono::milliseconds{1}, [&](std::exception_ptr e, Rows) { error = e; }));
    io.run();
    REQUIRE(error);
    CHECK_THROWS_AS(std::rethrow_exception(error), Cancelled);
    CHECK(driver.orphans() == 1);
}
#endif
