#include "ring.hpp"

#include <asio/use_future.hpp>
#include <coodie/async.hpp>

// Statements for one host, whatever policies say.

using namespace coodie;
using namespace coodie::testing;
using namespace std::chrono_literals;

TEST_CASE("cpp-38: a statement that names its host goes there, and nowhere else")
{
    FakeCluster cluster{ring()};
    auto session = connect(cluster, options_for(cluster));
    const auto prepared = session.prepare("SELECT prepared");
    const auto second = detail::HostAccess::make(HostIndex{9}, {.address = cluster.address(1)});
    for (int n = 0; n < 10; ++n) {
        session.execute(Statement{"SELECT pinned"}.host(cluster.address(1)));
        session.execute(Statement{"SELECT by host"}.host(*second));
        session.execute(Statement{"SELECT by address"}.host("127.0.0.3"));
        session.execute(prepared.bind().host(cluster.address(2)));
        session.execute(Batch{.statements = {"INSERT pinned"}, .host = cluster.address(0)});
    }
    CHECK(counts(cluster, requests().containing("SELECT pinned")) == std::vector<std::size_t>{0, 10, 0});
    CHECK(counts(cluster, requests().containing("SELECT by host")) == std::vector<std::size_t>{0, 10, 0});
    CHECK(counts(cluster, requests().containing("SELECT by address")) == std::vector<std::size_t>{0, 0, 10});
    CHECK(counts(cluster, requests(Opcode::batch)) == std::vector<std::size_t>{10, 0, 0});
    CHECK(cluster.count(requests(Opcode::execute).at(2)) >= 10);
    CHECK(cluster.count(requests(Opcode::execute).at(0)) + cluster.count(requests(Opcode::execute).at(1)) == 0);
}

TEST_CASE("cpp-38: a statement for a host that is unknown or down fails at once, and nobody else is asked")
{
    FakeCluster cluster{ring()};
    auto options = options_for(cluster);
    options.reconnection_policy = std::make_shared<ConstantReconnection>(20ms);
    auto session = connect(cluster, options);
    const auto refused = [&](const std::string& host) {
        return error_of([&] { session.execute(idempotent("SELECT pinned").host(host)); });
    };
    auto error = refused("127.0.0.99");
    CHECK(error.code() == errc::no_host_available);
    CHECK(error.message() == "the request is for 127.0.0.99 only, which is no host of this cluster");
    CHECK(refused("127.0.0.1:1").code() == errc::no_host_available); // the right address, a wrong port
    CHECK(refused(cluster.address(1) + "0").code() == errc::no_host_available);

    cluster.stop(1);
    CHECK(cluster.await_connections(1, 0));
    until([&] { error = refused(cluster.address(1)); },
          [&] { return error.message().find("there is no connection to it") != std::string::npos; });
    CHECK(error.code() == errc::no_host_available);
    CHECK(cluster.count(requests().containing("pinned")) == 0);

    cluster.start(1);
    until([&] { error = refused(cluster.address(1)); }, [&] { return !error; });
    CHECK(counts(cluster, requests().containing("pinned")) == std::vector<std::size_t>{0, 1, 0});
}

TEST_CASE("cpp-38: a statement for a host that its policy ignores fails with that reason")
{
    FakeCluster cluster{ring()};
    auto options = options_for(cluster);
    LoadBalancingOptions not_the_last;
    not_the_last.denied_addresses = {cluster.address(2)};
    options.load_balancing_policy = std::make_shared<DefaultLoadBalancingPolicy>(not_the_last);
    auto session = connect(cluster, options, {0, 1});
    const auto error = error_of([&] { session.execute(Statement{"SELECT pinned"}.host(cluster.address(2))); });
    CHECK(error.code() == errc::no_host_available);
    CHECK(error.message().find("load balancing policy ignores") != std::string::npos);
}

TEST_CASE("cpp-38: a statement for one host is tried again only there")
{
    FakeCluster cluster{ring()};
    auto options = options_for(cluster);
    options.speculative_execution_policy =
        std::make_shared<ConstantSpeculativeExecution>(std::chrono::microseconds{0}, 3U);
    auto session = connect(cluster, options);
    cluster.on(Opcode::query).containing("overloaded").reply(error(errc::server_overloaded, "busy"));
    const auto error = error_of([&] { session.execute(idempotent("SELECT overloaded").host(cluster.address(1))); });
    CHECK(error.code() == errc::no_host_available);
    REQUIRE(error.attempts().size() == 1);
    CHECK(error.attempts()[0].code == errc::server_overloaded);

    const ReadTimeoutFields fields{
        .consistency = Consistency::one, .received = 1, .block_for = 1, .data_present = false};
    cluster.on(Opcode::query).containing("late").times(1).reply(testing::error(errc::read_timeout, "late", fields));
    CHECK_NOTHROW(session.execute(Statement{"SELECT late"}.host(cluster.address(1))));
    CHECK(counts(cluster, requests().containing("overloaded")) == std::vector<std::size_t>{0, 1, 0});
    CHECK(counts(cluster, requests().containing("late")) == std::vector<std::size_t>{0, 2, 0});
}

TEST_CASE("cpp-38: a statement for a host whose connections are full is refused, not queued before others")
{
    FakeCluster cluster{ring()};
    auto options = options_for(cluster);
    options.max_in_flight = 4;
    auto session = connect(cluster, options);
    cluster.on(Opcode::query).containing("held").held();
    const auto pinned = [&] { return Statement{"SELECT held"}.host(cluster.address(1)); };
    std::vector<std::future<Rows>> futures;
    for (int n = 0; n < 4; ++n)
        futures.push_back(session.async_execute(pinned(), asio::use_future));
    CHECK(cluster.await(requests().containing("held"), 4));
    CHECK(code_of([&] { session.execute(pinned()); }) == errc::overloaded);
    for (int n = 0; n < 10; ++n)
        CHECK_NOTHROW(session.execute("SELECT others"));
    cluster.release();
    for (auto& future : futures)
        CHECK_NOTHROW(future.get());
}

TEST_CASE("cpp-38: what one host refuses to prepare, another one that a statement is for is asked for itself")
{
    FakeCluster cluster{ring()};
    auto session = connect(cluster, options_for(cluster));
    cluster.on(Opcode::prepare).at(1).reply(error(errc::server_overloaded, "busy")).after(50ms);
    const auto ask = [&](std::size_t node) {
        return session.async_execute(
            Statement{"SELECT pinned"}.kind(StatementKind::prepared).host(cluster.address(node)), asio::use_future);
    };
    auto refused = ask(1);
    auto answered = ask(2);
    CHECK(code_of([&] { refused.get(); }) == errc::no_host_available);
    CHECK_NOTHROW(answered.get());
}
