#include "cluster_session.hpp"

#include <asio/use_future.hpp>
#include <coodie/async.hpp>
#include <coodie/metrics.hpp>
#include <doctest/doctest.h>
#include <future>

// When and how often a handler is called.

using namespace coodie;
using namespace coodie::testing;
using namespace std::chrono_literals;

namespace {

struct Calls
{
    std::atomic<int> fine{0}, failed{0};

    void execute(Session& session, const char* cql)
    {
        session.async_execute(Statement{cql},
                              [this](const std::exception_ptr& error, const Rows&) { ++(error ? failed : fine); });
    }
};

}

TEST_CASE("cpp-36: a callback runs exactly once, whether its request is answered, fails, times out or was over at once")
{
    FakeCluster cluster;
    auto options = options_for(cluster);
    options.request_timeout = 50ms;
    auto session = Session::connect(options);
    cluster.on(Opcode::query).containing("wrong").reply(error(errc::invalid_request, "wrong"));
    cluster.on(Opcode::query).containing("slow").held();
    Calls calls;
    calls.execute(session, "SELECT fine");
    calls.execute(session, "SELECT wrong");
    calls.execute(session, "SELECT slow");
    CHECK(becomes_true([&] { return calls.fine == 1 && calls.failed == 2; }));
    REQUIRE(cluster.await(requests(Opcode::query).containing("slow")));
    cluster.release();
    CHECK(becomes_true([&] { return session.metrics().late_answers == 1; }));
    session.execute("SELECT fine");
    session.close();
    calls.execute(session, "SELECT over");
    CHECK(becomes_true([&] { return calls.failed == 3; }));
    Session never;
    calls.execute(never, "SELECT over");
    CHECK(calls.failed == 4);
    CHECK(calls.fine == 1);
}

TEST_CASE("cpp-37: a wait may have a time of its own, and the answer is there later")
{
    FakeCluster cluster;
    auto session = Session::connect(options_for(cluster));
    cluster.on(Opcode::query).containing("slow").held();
    auto answer = session.async_execute("SELECT slow", asio::use_future);
    CHECK(answer.wait_for(30ms) == std::future_status::timeout);
    REQUIRE(cluster.await(requests(Opcode::query).containing("slow")));
    cluster.release();
    CHECK(answer.wait_for(10s) == std::future_status::ready);
    CHECK(answer.get().empty());
}
