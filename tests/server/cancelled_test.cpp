#include "cluster_session.hpp"

#include <asio/bind_cancellation_slot.hpp>
#include <asio/bind_executor.hpp>
#include <asio/cancellation_signal.hpp>
#include <asio/io_context.hpp>
#include <asio/use_future.hpp>
#include <doctest/doctest.h>

// Requests that are given up, at whatever moment.

using namespace coodie;
using namespace coodie::testing;
using namespace std::chrono_literals;

namespace {

/// A request whose handler runs on the test's own thread: signals know no others.
struct Cancellable
{
    asio::io_context context{1};
    asio::cancellation_signal signal;
    int calls = 0;
    errc code{};

    void execute(Session& session, std::string cql)
    {
        const auto handler = [this](std::exception_ptr error, const Rows&) {
            code = told(error);
            ++calls;
        };
        session.async_execute(Statement{std::move(cql)},
                              asio::bind_cancellation_slot(signal.slot(), asio::bind_executor(context, handler)));
    }
    void cancel() { signal.emit(asio::cancellation_type::terminal); }
};

}

TEST_CASE("sc-22: a request that is cancelled while it waits for a stream is never sent")
{
    FakeCluster cluster;
    cluster.on(Opcode::query).containing("first").held();
    auto options = options_for(cluster);
    options.max_in_flight = 1;
    auto session = Session::connect(options);
    auto first = session.async_execute("SELECT first", asio::use_future);
    REQUIRE(cluster.await(requests().containing("first")));
    Cancellable waits;
    waits.execute(session, "SELECT waits");
    waits.cancel();
    waits.context.run();
    CHECK(waits.code == errc::cancelled);
    cluster.release();
    first.get();
    session.execute("SELECT after");
    CHECK(waits.calls == 1);
    CHECK(cluster.count(requests().containing("waits")) == 0);
}

TEST_CASE("sc-22: whenever a request is cancelled, it ends once, as cancelled or as answered")
{
    FakeCluster cluster;
    cluster.on(Opcode::query).after(0us, 500us);
    auto session = Session::connect(options_for(cluster));
    int cancelled = 0, answered = 0;
    for (int round = 0; round < 2'000; ++round) {
        Cancellable request;
        request.execute(session, "SELECT");
        for (int pauses = 0; pauses < round % 50 * 20; ++pauses) {
            request.context.poll();
            std::this_thread::yield();
        }
        request.cancel();
        request.context.run();
        REQUIRE(request.calls == 1);
        request.cancel();
        session.execute("SELECT"); // whatever the cancelled one left behind has run
        request.context.restart();
        REQUIRE(request.context.poll() == 0);
        cancelled += request.code == errc::cancelled;
        answered += request.code == errc{};
    }
    CHECK(cancelled + answered == 2'000);
    CHECK(cancelled > 0);
    CHECK(answered > 0);
    CHECK(cluster.accepted(0) == 2);
}
