#include "session.hpp"

#include <asio/bind_cancellation_slot.hpp>
#include <asio/cancellation_signal.hpp>
#include <asio/io_context.hpp>
#include <asio/post.hpp>
#include <asio/use_future.hpp>
#include <coodie/async.hpp>
#include <doctest/doctest.h>

using namespace coodie;
using protocol::Opcode;

TEST_CASE("sc-35: a text that many ask for at once is prepared once")
{
    ScriptedServer server{{{Opcode::prepare, "", {hold(prepared_reply("id"))}}}};
    auto session = Session::connect(options_for(server));
    std::vector<std::future<PreparedStatement>> futures;
    for (int n = 0; n < 100; ++n)
        futures.push_back(session.async_prepare("SELECT x", asio::use_future));
    server.await(Opcode::prepare, 1);
    server.release();
    for (auto& future : futures)
        CHECK(future.get().text() == "SELECT x");
    CHECK(server.count(Opcode::prepare) == 1);
}

TEST_CASE("a connection that breaks fails what is on its way, and what comes later waits for the next")
{
    ScriptedServer server{{{Opcode::query, "slow", {silence()}}}};
    auto session = Session::connect(options_for(server));
    std::vector<std::future<Rows>> futures;
    for (int n = 0; n < 50; ++n)
        futures.push_back(session.async_execute("slow", asio::use_future));
    server.await(Opcode::query, 50, "slow");
    server.hang_up_all();
    for (auto& future : futures)
        CHECK_THROWS_AS(future.get(), ConnectionLost);
    session.execute("good");
    CHECK(server.connections() == 2);
}

TEST_CASE("cpp-33, sc-59: closing tells every request on its way once, and every one that comes later")
{
    constexpr int requests = 10'000;
    ScriptedServer server{{{Opcode::query, "slow", {silence()}}}};
    auto session = Session::connect(options_for(server));
    std::atomic<int> closed{0}, told_all{0};
    for (int n = 0; n < requests; ++n)
        session.async_execute("slow", [&](std::exception_ptr error, Rows) {
            closed += told(error) == errc::closed;
            ++told_all;
        });
    server.await(Opcode::query, requests / 2, "slow");
    session.close();
    CHECK(code_of([&] { session.execute("late"); }) == errc::closed);
    CHECK(closed == requests);
    CHECK(told_all == requests);
    session.close();
}

TEST_CASE("sc-59: the last handle closes the session")
{
    ScriptedServer server{{{Opcode::query, "slow", {silence()}}}};
    std::atomic<int> closed{0};
    {
        auto session = Session::connect(options_for(server));
        for (int n = 0; n < 100; ++n)
            session.async_execute("slow",
                                  [&](std::exception_ptr error, Rows) { closed += told(error) == errc::closed; });
    }
    CHECK(closed == 100);
}

TEST_CASE("sc-22: a cancelled request ends at once, and its late answer goes nowhere")
{
    ScriptedServer server{{{Opcode::query, "slow", {hold(row_reply("late"))}}}};
    auto session = Session::connect(options_for(server));
    asio::cancellation_signal signal;
    Gate ended;
    errc code{};
    session.async_execute("slow", asio::bind_cancellation_slot(signal.slot(), [&](std::exception_ptr error, Rows) {
                              code = told(error);
                              ended.open();
                          }));
    server.await(Opcode::query, 1, "slow");
    signal.emit(asio::cancellation_type::terminal);
    ended.wait();
    CHECK(code == errc::cancelled);
    server.release();
    session.execute("quick");
    signal.emit(asio::cancellation_type::terminal);
    session.execute("quick");
    CHECK(server.connections() == 1);
}

TEST_CASE("beyond its limits the session says that it is overloaded")
{
    ScriptedServer server{{{Opcode::query, "slow", {hold(void_reply())}}}};
    auto options = options_for(server);
    options.max_in_flight = 2;
    options.max_queued = 3;
    auto session = Session::connect(options);
    std::vector<std::future<Rows>> futures;
    for (int n = 0; n < 6; ++n)
        futures.push_back(session.async_execute("slow", asio::use_future));
    CHECK_THROWS_AS(futures[5].get(), Overloaded);
    server.release();
    for (int n = 0; n < 5; ++n)
        CHECK_NOTHROW(futures[static_cast<std::size_t>(n)].get());
}

TEST_CASE("cpp-34: sixteen threads block on one session")
{
    const ScriptedServer server{{{Opcode::query, "", {row_reply("x")}}}};
    auto session = Session::connect(options_for(server));
    std::atomic<int> right{0};
    std::vector<std::thread> threads;
    for (int t = 0; t < 16; ++t)
        threads.emplace_back([&] {
            for (int n = 0; n < 100; ++n)
                right += session.execute("SELECT").size() == 1;
        });
    for (auto& thread : threads)
        thread.join();
    CHECK(right == 1600);
}

TEST_CASE("blocking calls, callbacks and futures mix on one session")
{
    const ScriptedServer server{{{Opcode::query, "", {row_reply("x")}}}};
    auto options = options_for(server);
    options.threads = 2;
    auto session = Session::connect(options);
    std::atomic<int> right{0}, called{0};
    std::vector<std::thread> threads;
    for (int t = 0; t < 6; ++t)
        threads.emplace_back([&, t] {
            for (int n = 0; n < 60; ++n) {
                if (t % 3 == 0)
                    right += session.execute("SELECT").size() == 1;
                else if (t % 3 == 1)
                    right += session.async_execute("SELECT", asio::use_future).get().size() == 1;
                else
                    session.async_execute("SELECT", [&](std::exception_ptr, Rows rows) { called += rows.size() == 1; });
            }
        });
    for (auto& thread : threads)
        thread.join();
    while (called != 120)
        session.execute("SELECT");
    CHECK(right == 240);
}

TEST_CASE("sc-30: a blocking call inside a handler is refused, and the handler may go on by callbacks")
{
    const ScriptedServer server;
    auto session = Session::connect(options_for(server));
    Gate done;
    errc refused{};
    session.async_execute("first", [&](std::exception_ptr, Rows) {
        refused = code_of([&] { session.execute("inside"); });
        session.async_execute("second", [&](std::exception_ptr, Rows) { done.open(); });
    });
    done.wait();
    CHECK(refused == errc::would_deadlock);
    CHECK(server.count(Opcode::query, "inside") == 0);
}

TEST_CASE("sc-30, sc-59: a handler may close the session, and may drop its last handle")
{
    const ScriptedServer server;
    Gate closed, dropped;
    auto session = std::make_unique<Session>(Session::connect(options_for(server)));
    session->async_execute(
        "first", [&](std::exception_ptr, Rows) { session->async_close([&](std::exception_ptr) { closed.open(); }); });
    closed.wait();
    session = std::make_unique<Session>(Session::connect(options_for(server)));
    session->async_execute("first", [&](std::exception_ptr, Rows) {
        session.reset();
        dropped.open();
    });
    dropped.wait();
}

TEST_CASE("on a user's context nothing happens but in its run()")
{
    const ScriptedServer server{{{Opcode::query, "", {row_reply("x")}}}};
    asio::io_context context;
    auto options = options_for(server);
    options.loops = {loop_of(context)};
    std::size_t rows = 0;
    const auto here = std::this_thread::get_id();
    bool elsewhere = false;
    Session::async_connect(options, [&](std::exception_ptr, Session session) {
        auto shared = std::make_shared<Session>(std::move(session));
        shared->async_execute("SELECT", [&, shared](std::exception_ptr, Rows answer) {
            rows = answer.size();
            elsewhere = std::this_thread::get_id() != here;
        });
    });
    context.run();
    CHECK(rows == 1);
    CHECK_FALSE(elsewhere);
}

TEST_CASE("on a user's context that nobody runs a blocking call runs it itself")
{
    const ScriptedServer server{{{Opcode::query, "", {row_reply("x")}}}};
    asio::io_context context;
    auto options = options_for(server);
    options.loops = {loop_of(context)};
    auto session = Session::connect(options);
    for (int n = 0; n < 20; ++n)
        CHECK(session.execute("SELECT").size() == 1);
    session.close();
}

TEST_CASE("sc-30: what a handler throws leaves run(), and the session goes on")
{
    const ScriptedServer server;
    asio::io_context context;
    auto options = options_for(server);
    options.loops = {loop_of(context)};
    auto session = Session::connect(options);
    int later = 0;
    session.async_execute("first", [](std::exception_ptr, Rows) { throw std::out_of_range{"mine"}; });
    session.async_execute("second", [&](std::exception_ptr, Rows) {
        ++later;
        session.async_close([](std::exception_ptr) {});
    });
    CHECK_THROWS_AS(context.run(), std::out_of_range);
    context.run();
    CHECK(later == 1);
}
