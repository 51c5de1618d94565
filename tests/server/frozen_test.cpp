#include "cluster_session.hpp"

#include <asio/use_future.hpp>
#include <doctest/doctest.h>

// Nodes that keep their connections and say nothing, or say it late.

using namespace coodie;
using namespace coodie::testing;
using namespace std::chrono_literals;

namespace {

SessionOptions wary(const FakeCluster& cluster)
{
    auto options = options_for(cluster);
    options.silence_timeout = 500ms;
    return options;
}

/// Whatever comes in, a node of two gets some of it.
std::vector<std::future<Rows>> submit_to_all(Session& session, bool is_idempotent)
{
    std::vector<std::future<Rows>> futures;
    for (int n = 0; n < 40; ++n) {
        Statement statement{"INSERT"};
        statement.options().idempotent = is_idempotent;
        futures.push_back(session.async_execute(std::move(statement), asio::use_future));
    }
    return futures;
}

}

TEST_CASE("sc-14: what a frozen node owes is answered by another one in time, where that does no harm")
{
    for (const bool is_idempotent : {true, false}) {
        CAPTURE(is_idempotent);
        FakeCluster cluster{{.nodes = 2}};
        auto session = Session::connect(wary(cluster));
        REQUIRE(reaches(session, cluster, 0));
        REQUIRE(reaches(session, cluster, 1));
        cluster.freeze(1);
        const auto begin = std::chrono::steady_clock::now();
        int lost = 0;
        for (auto& future : submit_to_all(session, is_idempotent)) {
            const auto error = error_of([&] { future.get(); });
            lost += bool{error};
            if (error) {
                CHECK(error.code() == errc::connection_lost);
                CHECK(error.attempts().at(0).host == cluster.address(1));
                CHECK(error.message().find("said nothing") != std::string::npos);
            }
        }
        CHECK((lost == 0) == is_idempotent);
        CHECK(std::chrono::steady_clock::now() - begin < 5s);
        cluster.thaw(1);
        cluster.forget_requests();
        CHECK(reaches(session, cluster, 1));
    }
}

TEST_CASE("sc-14: nobody notices a frozen node to which nothing was sent, until something is")
{
    FakeCluster cluster;
    auto session = Session::connect(wary(cluster));
    cluster.freeze(0);
    const auto accepted = cluster.accepted(0);
    std::this_thread::sleep_for(1s); // twice the silence that would be noticed
    cluster.thaw(0);
    session.execute("SELECT");
    CHECK(cluster.accepted(0) == accepted);
}

TEST_CASE("sc-15: an answer that takes long is no silence while the node answers when it is asked")
{
    FakeCluster cluster;
    cluster.on(Opcode::query).containing("long").after(1500ms);
    cluster.on(Opcode::options).after(150ms);
    auto session = Session::connect(wary(cluster));
    const auto accepted = cluster.accepted(0);
    session.execute("SELECT long");
    CHECK(cluster.accepted(0) == accepted);
}

TEST_CASE("sc-15: answers that come count although the heartbeat's is late")
{
    FakeCluster cluster;
    auto options = wary(cluster);
    options.heartbeat_interval = options.heartbeat_timeout = 100ms;
    auto session = Session::connect(options);
    const auto accepted = cluster.accepted(0);
    cluster.on(Opcode::options).on_data().after(400ms);
    cluster.on(Opcode::query).after(20ms);
    for (const auto end = std::chrono::steady_clock::now() + 1s; std::chrono::steady_clock::now() < end;)
        session.execute("SELECT");
    CHECK(cluster.accepted(0) == accepted);
}

TEST_CASE("sc-16: what a node does not read waits in bounded memory, and ends in time")
{
    FakeCluster cluster;
    auto options = options_for(cluster);
    options.silence_timeout = 0ms;
    options.max_in_flight = 100;
    options.max_queued = 200;
    auto session = Session::connect(options);
    cluster.freeze(0);
    Statement much{std::string(256 * 1024, 'x')}; // all share this text
    much.options().timeout = 1s;
    std::atomic<int> overloaded{0}, timed_out{0}, others{0};
    constexpr int requests = 1'000;
    for (int n = 0; n < requests; ++n)
        session.async_execute(much, [&](std::exception_ptr error, const Rows&) {
            const auto code = told(error);
            ++(code == errc::overloaded ? overloaded : code == errc::request_timeout ? timed_out : others);
        });
    CHECK(becomes_true([&] { return overloaded + timed_out + others == requests; }, 5s));
    CHECK(timed_out >= 100);
    CHECK(timed_out <= 300);
    CHECK(overloaded == requests - timed_out);
    cluster.thaw(0);
    CHECK_NOTHROW(session.execute("SELECT"));
}

TEST_CASE("sc-14: a frozen node is found out while large values are sent to it")
{
    FakeCluster cluster;
    auto session = Session::connect(wary(cluster));
    cluster.freeze(0);
    const auto insert = [&] {
        return session.async_execute(Statement{"INSERT", std::string(40'000, 'v')}.kind(StatementKind::simple),
                                     asio::use_future);
    };
    auto first = insert();
    std::vector<std::future<Rows>> more;
    CHECK(becomes_true([&] {
        more.push_back(insert());
        return first.wait_for(0s) == std::future_status::ready;
    }));
    CHECK(code_of([&] { first.get(); }) == errc::connection_lost);
}
