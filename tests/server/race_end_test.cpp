#include "speculating.hpp"

#include <asio/bind_cancellation_slot.hpp>
#include <asio/use_future.hpp>
#include <coodie/async.hpp>

// How requests end that several hosts were asked for: once, whatever happens meanwhile.

using namespace coodie;
using namespace coodie::testing;
using namespace std::chrono_literals;

TEST_CASE("sc-27: a request that times out with executions and retries under way ends once, with all attempts")
{
    FakeCluster cluster{ring()};
    auto session = connect(cluster, speculating(cluster, 20ms, 2));
    cluster.on(Opcode::query).containing("hopeless").drop();
    cluster.on(Opcode::query).containing("hopeless").times(1).reply(error(errc::server_overloaded, "busy")).after(50ms);
    auto statement = idempotent("SELECT hopeless");
    statement.options().timeout = 300ms;
    const auto error = error_of([&] { session.execute(statement); });
    CHECK(error.code() == errc::request_timeout);
    CHECK(tried(error) == std::vector{cluster.address(0), cluster.address(1), cluster.address(2)});
    CHECK(std::ranges::count(error.attempts(), errc::request_timeout, &Attempt::code) == 2);
    CHECK(std::ranges::count(error.attempts(), errc::server_overloaded, &Attempt::code) == 1);
    CHECK_NOTHROW(session.execute("SELECT afterwards"));
}

TEST_CASE("an answer that comes too late is for nobody, and its stream serves no one before")
{
    FakeCluster cluster{ring()};
    auto session = connect(cluster, speculating(cluster, 0ms, 2));
    cluster.prime("SELECT raced", rows({"n"}, row(1)));
    cluster.prime("SELECT other", rows({"n"}, row(2)));
    for (int n = 0; n < 20; ++n) {
        cluster.on(Opcode::query).containing("raced").times(1).held();
        CHECK(value(session.execute(idempotent("SELECT raced"))) == 1);
        for (int m = 0; m < 6; ++m)
            CHECK(value(session.execute("SELECT other")) == 2);
        cluster.release();
    }
}

TEST_CASE("a request that is asked of several hosts can be cancelled, and ends once")
{
    FakeCluster cluster{ring()};
    auto session = connect(cluster, speculating(cluster, 0ms, 3));
    cluster.on(Opcode::query).containing("cancelled").drop();
    asio::cancellation_signal signal;
    std::promise<std::exception_ptr> told_promise;
    std::atomic<int> calls{0};
    session.async_execute(idempotent("SELECT cancelled"),
                          asio::bind_cancellation_slot(signal.slot(), [&](std::exception_ptr error, const Rows&) {
                              if (++calls == 1)
                                  told_promise.set_value(error);
                          }));
    CHECK(cluster.await(requests().containing("cancelled"), 3));
    signal.emit(asio::cancellation_type::terminal);
    CHECK(told(told_promise.get_future().get()) == errc::cancelled);
    session.execute("SELECT afterwards");
    CHECK(calls == 1);
}

TEST_CASE("cpp-33: closing ends requests that several hosts were asked for, each once")
{
    FakeCluster cluster{ring()};
    auto session = connect(cluster, speculating(cluster, 0ms, 2));
    cluster.on(Opcode::query).containing("forever").drop();
    std::vector<std::future<Rows>> futures;
    for (int n = 0; n < 200; ++n)
        futures.push_back(session.async_execute(idempotent("SELECT forever"), asio::use_future));
    CHECK(cluster.await(requests().containing("forever"), 400));
    session.close();
    for (auto& future : futures)
        CHECK(code_of([&] { future.get(); }) == errc::closed);
}

TEST_CASE("requests that several hosts are asked for end once each, whatever the hosts do")
{
    FakeCluster cluster{ring(3)};
    auto options = speculating(cluster, 0ms, 3);
    options.attempt_timeout = 60ms;
    options.request_timeout = 400ms;
    options.max_in_flight = 64;
    options.reconnection_policy = std::make_shared<ConstantReconnection>(10ms);
    auto session = connect(cluster, options);
    constexpr auto text = "SELECT n FROM ks.t WHERE id = ?";
    cluster.prime(primed(text).binding({column("id", "int", "ks", "t")}).keyed_by({0}));
    const auto prepared = session.prepare(text);
    cluster.on(Opcode::execute).with_probability(0.1).drop();
    cluster.on(Opcode::execute).with_probability(0.1).reply(error(errc::server_overloaded, "busy"));
    cluster.on(Opcode::execute).with_probability(0.3).after(0ms, 40ms);
    cluster.on(Opcode::execute).with_probability(0.002).close();
    std::atomic<int> ended{0};
    constexpr int all = 3'000;
    for (int n = 0; n < all; ++n) {
        if (n % 500 == 0)
            cluster.forget_prepared(static_cast<std::size_t>(n) / 500 % 3);
        auto statement = prepared.bind(n);
        statement.options().idempotent = true;
        session.async_execute(std::move(statement), [&](const std::exception_ptr&, const Rows&) { ++ended; });
        if (n % 100 == 0)
            std::this_thread::sleep_for(5ms);
    }
    until([] {}, [&] { return ended == all; });
    session.close();
    CHECK(ended == all);
}

TEST_CASE("a request outlives what it was prepared as, on whichever host that was forgotten")
{
    FakeCluster cluster{ring()};
    auto session = connect(cluster, speculating(cluster, 0ms, 3));
    auto statement = session.prepare("SELECT forgotten").bind();
    statement.options() = {.timeout = 500ms, .idempotent = true};
    for (std::size_t node = 0; node != cluster.size(); ++node)
        cluster.forget_prepared(node);
    cluster.on(Opcode::execute).containing("forgotten").drop();
    const auto error = error_of([&] { session.execute(std::move(statement)); });
    CHECK(error.code() == errc::request_timeout);
    CHECK(error.attempts().size() == 3);
}
