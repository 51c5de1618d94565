#include "later_driver.hpp"
#include <array>
#include <asio/bind_executor.hpp>
#include <asio/detached.hpp>
#include <asio/executor_work_guard.hpp>
#include <asio/io_context.hpp>
#include <asio/strand.hpp>
#include <doctest/doctest.h>
#include <thread>

using namespace coodie;
using namespace coodie::testing;

namespace {

struct Called
{
    int times = 0;
    int value = 0;
    std::exception_ptr error;
    std::thread::id thread;

    void operator()(std::exception_ptr failure, const Rows& answer)
    {
        ++times;
        error = std::move(failure);
        value = answer.empty() ? 0 : answer.front()["value"].as<int>();
        thread = std::this_thread::get_id();
    }
};

struct LaterCall
{
    asio::io_context io;
    LaterDriver driver{loop_of(io)};
    Called called;

    void answer_and_run(int value = 7)
    {
        driver.answer_all(value);
        io.run();
    }
};

}

TEST_CASE_FIXTURE(LaterCall, "a callback is called once, with the rows, by whoever runs the loop")
{
    driver.async_execute("SELECT", [&](std::exception_ptr e, Rows r) { called(e, r); });
    CHECK(called.times == 0);
    answer_and_run();
    CHECK(called.times == 1);
    CHECK(called.value == 7);
    CHECK_FALSE(called.error);
}

TEST_CASE_FIXTURE(LaterCall, "a callback may capture what can only be moved")
{
    driver.async_execute("SELECT",
                         [owned = std::make_unique<int>(5), this](std::exception_ptr, Rows) { called.value = *owned; });
    answer_and_run();
    CHECK(called.value == 5);
}

TEST_CASE_FIXTURE(LaterCall, "a callback of 200 bytes is kept whole")
{
    std::array<unsigned char, 200> many{};
    many.back() = 42;
    driver.async_execute("SELECT", [many, this](std::exception_ptr, Rows) { called.value = many.back(); });
    answer_and_run();
    CHECK(called.value == 42);
}

TEST_CASE_FIXTURE(LaterCall, "a constant callback is copied and can be used again")
{
    const auto callback = [this](std::exception_ptr, Rows) { ++called.times; };
    driver.async_execute("SELECT", callback);
    driver.async_execute("SELECT", callback);
    answer_and_run();
    CHECK(called.times == 2);
}

TEST_CASE_FIXTURE(LaterCall, "a detached operation runs and says nothing")
{
    driver.async_execute("SELECT", asio::detached);
    CHECK(driver.waiting() == 1);
    answer_and_run();
    CHECK(driver.waiting() == 0);
}

TEST_CASE_FIXTURE(LaterCall, "a handler bound to the loop's own context is called by it directly")
{
    bool inside = false;
    driver.async_execute("SELECT", asio::bind_executor(io, [&](std::exception_ptr, Rows) {
                             inside = io.get_executor().running_in_this_thread();
                         }));
    answer_and_run();
    CHECK(inside);
}

TEST_CASE_FIXTURE(LaterCall, "a handler bound to another context keeps its run() going and runs there")
{
    asio::io_context other;
    driver.async_execute("SELECT", asio::bind_executor(other, [this](std::exception_ptr e, Rows r) { called(e, r); }));
    std::thread runs{[&] { other.run(); }};
    const auto thread = runs.get_id();
    answer_and_run();
    runs.join();
    CHECK(called.times == 1);
    CHECK(called.thread == thread);
}

TEST_CASE_FIXTURE(LaterCall, "a handler bound to a type-erased executor of another context runs there")
{
    asio::io_context other;
    const asio::any_io_executor executor = other.get_executor();
    driver.async_execute("SELECT",
                         asio::bind_executor(executor, [this](std::exception_ptr e, Rows r) { called(e, r); }));
    answer_and_run();
    CHECK(called.times == 0);
    other.run();
    CHECK(called.times == 1);
    CHECK(called.value == 7);
}

TEST_CASE_FIXTURE(LaterCall, "handlers bound to a strand run in it, one at a time")
{
    const auto strand = asio::make_strand(io);
    int inside = 0;
    for (int i = 0; i != 100; ++i)
        driver.async_execute("SELECT", asio::bind_executor(strand, [&](std::exception_ptr, Rows) {
                                 inside += strand.running_in_this_thread() ? 1 : 0; // no lock: the strand is one
                             }));
    driver.answer_all();
    std::thread second{[this] { io.run(); }};
    io.run();
    second.join();
    CHECK(inside == 100);
}

TEST_CASE("a handler that names an executor never runs on a thread that is not its own")
{
    asio::io_context io;
    MockDriver inline_driver;
    bool called = false;
    inline_driver.async_execute("SELECT", asio::bind_executor(io, [&](std::exception_ptr, Rows) { called = true; }));
    CHECK_FALSE(called);
    io.run();
    CHECK(called);
}

TEST_CASE("a handler that names an executor is not called before its operation was started, though that runs there")
{
    asio::io_context io;
    MockDriver inline_driver;
    bool started = false;
    bool called = false;
    asio::post(io, [&] {
        inline_driver.async_execute("SELECT",
                                    asio::bind_executor(io, [&](std::exception_ptr, Rows) { called = started; }));
        started = true;
    });
    io.run();
    CHECK(called);
}

TEST_CASE("an error comes as the exception that the blocking call throws")
{
    MockDriver driver;
    driver.fail(errc::unavailable, "two nodes are down").fail(errc::unavailable, "two nodes are down");
    std::exception_ptr error;
    driver.async_execute("SELECT", [&](std::exception_ptr e, Rows) { error = e; });
    REQUIRE(error);
    CHECK_THROWS_AS(std::rethrow_exception(error), Unavailable);
    CHECK_THROWS_AS(driver.execute("SELECT"), Unavailable);
}

TEST_CASE("what an adaptor throws goes to the handler")
{
    MockDriver driver;
    std::exception_ptr error;
    int value = -1;
    detail::async_as<int>(
        &driver, Statement{"SELECT"}, [](Rows) -> int { throw std::runtime_error{"no"}; },
        [&](std::exception_ptr e, int v) {
            error = e;
            value = v;
        });
    CHECK_THROWS_AS(std::rethrow_exception(error), std::runtime_error);
    CHECK(value == 0);
}

TEST_CASE("an adaptor turns the rows into what the handler gets, or into nothing")
{
    MockDriver driver;
    driver.answer(rows({"n"}, row(3)));
    int value = 0;
    detail::async_as<int>(
        &driver, Statement{"SELECT"}, [](Rows answer) { return answer.front()["n"].as<int>() * 2; },
        [&](std::exception_ptr, int v) { value = v; });
    CHECK(value == 6);
    bool called = false;
    detail::async_as<void>(
        &driver, Statement{"SELECT"}, [](const Rows&) {}, [&](std::exception_ptr e) { called = !e; });
    CHECK(called);
}

TEST_CASE_FIXTURE(LaterCall, "a handler that throws leaves through run()")
{
    driver.async_execute("SELECT", [](std::exception_ptr, Rows) { throw std::runtime_error{"mine"}; });
    driver.answer_all();
    CHECK_THROWS_AS(io.run(), std::runtime_error);
}
