#include "cluster_session.hpp"

#include <coodie/async.hpp>
#include <coodie/metrics.hpp>
#include <doctest/doctest.h>

// What a session counts.

using namespace coodie;
using namespace coodie::testing;
using namespace std::chrono_literals;

namespace {

/// Starts requests that nobody waits for, and counts how they end.
struct Started
{
    std::atomic<int> ended{0};

    void execute(Session& session, const char* cql, int times)
    {
        for (int n = 0; n != times; ++n)
            session.async_execute(Statement{cql}, [this](const std::exception_ptr&, const Rows&) { ++ended; });
    }
};

std::uint64_t failed(const Metrics& metrics, errc code)
{
    const auto found = metrics.requests_failed.find(code);
    return found == metrics.requests_failed.end() ? 0 : found->second;
}

}

TEST_CASE("metrics count requests by how they ended, and attempts by why they failed")
{
    FakeCluster cluster{{.nodes = 2}};
    auto session = Session::connect(options_for(cluster));
    REQUIRE(becomes_true([&] { return session.metrics().connections_open == 2; }));
    for (int n = 0; n != 5; ++n)
        session.execute("SELECT fine");
    cluster.on(Opcode::query).containing("busy").times(1).reply(error(errc::server_overloaded, "busy"));
    session.execute(idempotent("SELECT busy"));
    cluster.on(Opcode::query).containing("wrong").reply(error(errc::syntax_error, "wrong"));
    CHECK(code_of([&] { session.execute("SELECT wrong"); }) == errc::syntax_error);
    const auto metrics = session.metrics();
    CHECK(metrics.requests_started == 7);
    CHECK(metrics.requests_completed == 6);
    CHECK(metrics.requests_failed == std::map<errc, std::uint64_t>{{errc::syntax_error, 1}});
    CHECK(metrics.attempts_failed ==
          std::map<errc, std::uint64_t>{{errc::server_overloaded, 1}, {errc::syntax_error, 1}});
    CHECK(metrics.retries == 1);
    CHECK(metrics.latency.count() == 7);
    CHECK(metrics.in_flight == 0);
    CHECK(metrics.bytes_sent > 7 * 20);
    CHECK(metrics.bytes_received > 7 * 9);
}

TEST_CASE("metrics count what was prepared, and prepared again where it was forgotten")
{
    FakeCluster cluster;
    auto session = Session::connect(options_for(cluster));
    const auto prepared = session.prepare("INSERT");
    session.execute(prepared.bind());
    session.execute(prepared.bind());
    CHECK(session.metrics().prepares == 1);
    CHECK(session.metrics().reprepares == 0);
    cluster.forget_prepared(0);
    session.execute(prepared.bind());
    CHECK(session.metrics().prepares == 1);
    CHECK(session.metrics().reprepares == 1);
    CHECK(session.metrics().requests_started == 4);
}

TEST_CASE("cpp-32: an answer that comes after its request has timed out is counted as late")
{
    FakeCluster cluster;
    auto session = Session::connect(options_for(cluster));
    cluster.on(Opcode::query).containing("slow").held();
    Statement slow{"SELECT slow"};
    slow.options().timeout = 30ms;
    CHECK(code_of([&] { session.execute(slow); }) == errc::request_timeout);
    CHECK(failed(session.metrics(), errc::request_timeout) == 1);
    CHECK(session.metrics().given_up == 1);
    CHECK(session.metrics().late_answers == 0);
    CHECK(session.metrics().latency.percentile(100) >= 30ms);
    REQUIRE(cluster.await(requests(Opcode::query).containing("slow")));
    cluster.release();
    CHECK(becomes_true([&] { return session.metrics().late_answers == 1; }));
}

TEST_CASE("cpp-69: metrics count a speculative execution, and the answer that nobody waited for then")
{
    FakeCluster cluster{{.nodes = 2}};
    auto options = options_for(cluster);
    options.speculative_execution_policy = std::make_shared<ConstantSpeculativeExecution>(10ms, 2);
    auto session = Session::connect(options);
    REQUIRE(becomes_true([&] { return session.metrics().connections_open == 2; }));
    cluster.on(Opcode::query).containing("slow").times(1).held();
    session.execute(idempotent("SELECT slow"));
    CHECK(session.metrics().speculative_executions == 1);
    CHECK(session.metrics().requests_started == 1);
    CHECK(session.metrics().requests_completed == 1);
    CHECK(session.metrics().given_up == 1);
    CHECK(session.metrics().latency.count() == 1);
    cluster.release();
    CHECK(becomes_true([&] { return session.metrics().late_answers == 1; }));
}

TEST_CASE("metrics tell what is in flight and what waits, now")
{
    FakeCluster cluster;
    auto options = options_for(cluster);
    options.max_in_flight = 10;
    auto session = Session::connect(options);
    cluster.on(Opcode::query).containing("slow").held();
    Started started;
    started.execute(session, "SELECT slow", 25);
    CHECK(becomes_true([&] { return session.metrics().in_flight == 10 && session.metrics().queued == 15; }));
    CHECK(session.metrics().requests_completed == 0);
    session.close();
    CHECK(becomes_true([&] { return started.ended == 25; }));
    const auto metrics = session.metrics();
    CHECK(metrics.in_flight == 0);
    CHECK(metrics.queued == 0);
    CHECK(failed(metrics, errc::closed) == 25);
    CHECK(metrics.requests_started == metrics.requests_completed + metrics.failures());
}

TEST_CASE("metrics count connections that open, are lost, and cannot be opened")
{
    FakeCluster cluster{{.nodes = 2}};
    auto options = options_for(cluster);
    options.connections_per_local_host = 2;
    auto session = Session::connect(options);
    REQUIRE(becomes_true([&] { return session.metrics().connections_open == 4; }));
    cluster.close_connections(1);
    CHECK(becomes_true([&] { return session.metrics().connections_lost == 2; }));
    CHECK(becomes_true([&] { return session.metrics().connections_open == 4; }));
    CHECK(session.metrics().connections_opened == 6);
    CHECK(session.metrics().connections_failed == 0);
    cluster.stop(1);
    CHECK(becomes_true([&] { return session.metrics().connections_failed > 2; }));
    CHECK(session.metrics().connections_open == 2);
    session.close();
    CHECK(session.metrics().connections_open == 0);
    CHECK(session.metrics().connections_lost == 4);
}

TEST_CASE("metrics are those of all loops, and are read while these work")
{
    FakeCluster cluster;
    auto options = options_for(cluster);
    options.threads = 2;
    auto session = Session::connect(options);
    constexpr int threads = 4, each = 200;
    std::atomic<int> working{threads};
    std::vector<std::thread> workers;
    for (int n = 0; n != threads; ++n)
        workers.emplace_back([&] {
            for (int i = 0; i != each; ++i)
                session.execute("SELECT fine");
            --working;
        });
    while (working != 0) {
        const auto metrics = session.metrics();
        CHECK(metrics.requests_completed <= threads * each);
        CHECK(!to_prometheus(metrics).empty());
    }
    for (auto& worker : workers)
        worker.join();
    CHECK(session.metrics().requests_completed == threads * each);
    CHECK(session.metrics().connections_open == 2);
}

TEST_CASE("a session that was never connected has counted nothing")
{
    const Session session;
    CHECK(session.metrics().requests_started == 0);
    CHECK(session.metrics().latency.count() == 0);
}
