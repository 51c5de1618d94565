#include "cluster_session.hpp"

#include <asio/use_future.hpp>
#include <coodie/async.hpp>
#include <coodie/pool_state.hpp>
#include <doctest/doctest.h>
#include <future>

// What a session tells of its connections.

using namespace coodie;
using namespace coodie::testing;
using namespace std::chrono_literals;

namespace {

std::size_t open_in_all(const std::vector<PoolState>& pools)
{
    std::size_t open = 0;
    for (const auto& pool : pools)
        open += pool.open;
    return open;
}

}

TEST_CASE("the state of the pools is that of all loops, by host")
{
    FakeCluster cluster{{.nodes = 3}};
    auto options = options_for(cluster);
    options.threads = 2;
    options.connections_per_local_host = 2;
    auto session = Session::connect(options);
    REQUIRE(becomes_true([&] { return open_in_all(session.pool_state()) == 12; }));
    const auto pools = session.pool_state();
    REQUIRE(pools.size() == 3);
    for (std::size_t n = 0; n != 3; ++n) {
        CHECK(pools[n].host->index() == static_cast<HostIndex>(n));
        CHECK(pools[n].host->is_up());
        CHECK(pools[n].wanted == 4);
        CHECK(pools[n].open == 4);
        CHECK(pools[n].in_flight == 0);
    }
}

TEST_CASE("a session that does nothing but tell of its pools sees a host go, whose connections are still wanted")
{
    FakeCluster cluster{{.nodes = 2}};
    auto session = Session::connect(options_for(cluster));
    REQUIRE(becomes_true([&] { return open_in_all(session.pool_state()) == 2; }));
    cluster.stop(1);
    REQUIRE(becomes_true([&] { return open_in_all(session.pool_state()) == 1; }));
    for (const auto& pool : session.pool_state()) {
        CHECK(pool.wanted == 1);
        CHECK(pool.open == (pool.host->address() == cluster.address(1) ? 0 : 1));
    }
}

TEST_CASE("requests that a host has not answered count as its own, and those given up among them")
{
    FakeCluster cluster;
    auto session = Session::connect(options_for(cluster));
    cluster.on(Opcode::query).containing("slow").held();
    Statement slow{"SELECT slow"};
    slow.options().timeout = 20ms;
    CHECK(code_of([&] { session.execute(slow); }) == errc::request_timeout);
    auto answered = session.async_execute("SELECT slow", asio::use_future);
    REQUIRE(cluster.await(requests(Opcode::query).containing("slow"), 2));
    const auto pools = session.async_pool_state(asio::use_future).get();
    REQUIRE(pools.size() == 1);
    CHECK(pools.front().in_flight == 2);
    CHECK(pools.front().given_up == 1);
    cluster.release();
    answered.get();
    CHECK(session.pool_state().front().in_flight == 0);
}

TEST_CASE("inside a handler the state of the pools is asked for, not waited for")
{
    FakeCluster cluster;
    auto session = Session::connect(options_for(cluster));
    std::promise<errc> refused;
    std::promise<std::size_t> open;
    session.async_execute("SELECT fine", [&](const std::exception_ptr&, const Rows&) {
        refused.set_value(code_of([&] { (void)session.pool_state(); }));
        session.async_pool_state([&](const std::exception_ptr&, const std::vector<PoolState>& pools) {
            open.set_value(open_in_all(pools));
        });
    });
    CHECK(refused.get_future().get() == errc::would_deadlock);
    CHECK(open.get_future().get() == 1);
}

TEST_CASE("a session that was never connected, or was closed, has no open connections")
{
    CHECK(Session{}.pool_state().empty());
    FakeCluster cluster;
    auto session = Session::connect(options_for(cluster));
    session.close();
    CHECK(open_in_all(session.pool_state()) == 0);
}
