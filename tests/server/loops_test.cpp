#include "session.hpp"

#include <asio/bind_cancellation_slot.hpp>
#include <asio/cancellation_signal.hpp>
#include <asio/executor_work_guard.hpp>
#include <asio/io_context.hpp>
#include <asio/post.hpp>
#include <asio/use_future.hpp>
#include <coodie/async.hpp>
#include <coodie/async/init.hpp>
#include <doctest/doctest.h>

using namespace coodie;
using protocol::Opcode;

namespace {

/// A context that a thread of the user's runs.
class RunContext
{
public:
    ~RunContext()
    {
        work_.reset();
        thread_.join();
    }
    asio::io_context& context() { return context_; }
    std::thread::id thread() const { return thread_.get_id(); }

private:
    asio::io_context context_;
    asio::executor_work_guard<asio::io_context::executor_type> work_{context_.get_executor()};
    std::thread thread_{[this] { context_.run(); }};
};

}

TEST_CASE("a session that is dropped elsewhere tells its handlers on the thread that runs the user's context")
{
    const ScriptedServer server{{{Opcode::query, "slow", {silence()}}}};
    Gate may_go_on, told;
    std::thread::id here;
    RunContext user;
    auto options = options_for(server);
    options.loops = {loop_of(user.context())};
    auto session = Session::async_connect(options, asio::use_future).get();
    session.async_execute("slow", [&](std::exception_ptr, Rows) {
        here = std::this_thread::get_id();
        told.open();
    });
    server.await(Opcode::query, 1, "slow");
    asio::post(user.context(), [&] { may_go_on.wait(); });
    session = Session{};
    may_go_on.open();
    told.wait();
    CHECK(here == user.thread());
}

TEST_CASE("a context that is destroyed while a session connects on it frees what waited")
{
    const ScriptedServer server{{{Opcode::options, "", {silence()}}}};
    const auto held = std::make_shared<int>(0);
    {
        asio::io_context context;
        auto options = options_for(server);
        options.loops = {loop_of(context)};
        Session::async_connect(options, [held](std::exception_ptr, Session) {});
        while (server.count(Opcode::options) == 0)
            context.run_one_for(std::chrono::milliseconds{10});
        CHECK(held.use_count() == 2);
    }
    CHECK(held.use_count() == 1);
}

TEST_CASE("cpp-08: connecting ends when it is cancelled")
{
    const ScriptedServer server{{{Opcode::options, "", {silence()}}}};
    asio::cancellation_signal signal;
    asio::io_context context;
    auto options = options_for(server);
    options.loops = {loop_of(context)};
    options.connect_timeout = std::chrono::hours{1};
    errc code{};
    Session::async_connect(options,
                           asio::bind_cancellation_slot(signal.slot(), [&](std::exception_ptr error, Session session) {
                               code = told(error);
                               CHECK_FALSE(session);
                           }));
    while (server.count(Opcode::options) == 0)
        context.run_one_for(std::chrono::milliseconds{10});
    signal.emit(asio::cancellation_type::terminal);
    context.run_for(std::chrono::seconds{10});
    CHECK(code == errc::cancelled);
}

TEST_CASE("what runs on one of a session's contexts is executed on that one")
{
    const ScriptedServer server;
    asio::io_context contexts[2];
    auto options = options_for(server);
    options.loops = {loop_of(contexts[0]), loop_of(contexts[1])};
    auto connected = Session::async_connect(options, asio::use_future);
    while (connected.wait_for(std::chrono::seconds{0}) != std::future_status::ready)
        for (auto& context : contexts)
            context.poll();
    auto session = connected.get();
    for (auto& context : contexts) {
        bool told_here = false;
        asio::post(context,
                   [&] { session.async_execute("SELECT", [&](std::exception_ptr, Rows) { told_here = true; }); });
        context.restart();
        while (!told_here && context.run_one_for(std::chrono::seconds{1}) != 0) {
        }
        CHECK(told_here);
    }
    session = Session{};
    for (auto& context : contexts)
        context.poll();
}

TEST_CASE("init_coodie may be called in a handler of the driver that it replaces, which nobody else keeps")
{
    enum class Form : std::uint8_t
    {
        blocking,
        future,
    };
    for (const auto form : {Form::blocking, Form::future}) {
        CAPTURE(static_cast<int>(form));
        const ScriptedServer server;
        const InitOptions options{.hosts = {server.host()}};
        const auto made = std::make_shared<std::promise<bool>>(); // a deadlock would outlive this test
        auto is_made = made->get_future();
        auto first = init_coodie(options);
        const std::weak_ptr<AbstractDriver> replaced = first;
        first->async_execute(Statement{"SELECT"}, [=](std::exception_ptr, Rows) {
            const auto second =
                form == Form::blocking ? init_coodie(options) : async_init_coodie(options, asio::use_future).get();
            made->set_value(second == get_driver());
        });
        first.reset();
        REQUIRE(is_made.wait_for(std::chrono::seconds{10}) == std::future_status::ready);
        CHECK(is_made.get());
        get_driver()->execute(Statement{"SELECT"});
        unregister_driver("default");
        CHECK(replaced.expired());
    }
}
