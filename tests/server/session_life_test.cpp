#include "cluster_session.hpp"

#include <asio/use_future.hpp>
#include <doctest/doctest.h>

// What a session is before, between and after its connections.

using namespace coodie;
using namespace coodie::testing;
using namespace std::chrono_literals;

TEST_CASE("cpp-31: a session that was never connected refuses whatever it is asked, and says so")
{
    Session session;
    const auto refused = [](auto&& call) {
        const auto error = error_of(call);
        CHECK(error.code() == errc::closed);
        CHECK(error.message().find("never connected") != std::string::npos);
    };
    refused([&] { session.execute("SELECT"); });
    refused([&] { session.execute(Batch{}); });
    refused([&] { session.prepare("SELECT"); });
    refused([&] { session.set_keyspace("ks"); });
    refused([&] { session.async_execute("SELECT", asio::use_future).get(); });
    session.close();
}

TEST_CASE("cpp-35: a session that was closed can be closed again and connected again")
{
    FakeCluster cluster{{.nodes = 2}};
    auto session = Session::connect(options_for(cluster));
    for (int round = 0; round < 5; ++round) {
        CAPTURE(round);
        session.execute("SELECT");
        session.close();
        session.close();
        CHECK(code_of([&] { session.execute("SELECT"); }) == errc::closed);
        CHECK(cluster.await_connections(0, 0));
        CHECK(cluster.await_connections(1, 0));
        session = Session::connect(options_for(cluster));
    }
    const auto other = session; // a handle to the same session
    session = Session::connect(options_for(cluster));
    session.execute("SELECT");
}

TEST_CASE("sc-04: a cluster that wants a password lets nobody in without one, and is not asked again and again")
{
    FakeCluster cluster{{.nodes = 3, .username = "ann", .password = "secret"}};
    auto options = options_for(cluster);
    options.hosts = cluster.contact_points();
    const auto error = error_of([&] { Session::connect(options); });
    CHECK(error.code() == errc::authentication);
    CHECK(error.message().find("PasswordAuthenticator") != std::string::npos);
    CHECK(cluster.count(requests(Opcode::startup)) <= 3);
    CHECK(cluster.count(requests(Opcode::auth_response)) == 0);
    options.username = "ann";
    options.password = "secret";
    CHECK_NOTHROW(Session::connect(options).execute("SELECT"));
}

TEST_CASE("sc-35: a text that a thousand ask for at once is prepared once")
{
    FakeCluster cluster;
    cluster.prime(primed("SELECT x WHERE id = ?").binding({column("id", "int")}).answered(rows({"x"}, row(1))));
    cluster.on(Opcode::prepare).after(50ms);
    auto session = Session::connect(options_for(cluster));
    std::vector<std::future<Rows>> futures;
    for (int n = 0; n < 1'000; ++n)
        futures.push_back(session.async_execute({"SELECT x WHERE id = ?", n}, asio::use_future));
    for (auto& future : futures)
        CHECK(future.get().size() == 1);
    CHECK(cluster.count(requests(Opcode::prepare)) == 1);
}

TEST_CASE("sc-39: statements that fall out of the cache while they are executed are executed all the same")
{
    constexpr int texts = 10, requests_at_once = 200, rounds = 20;
    FakeCluster cluster{{.nodes = 2}};
    const auto text = [](int n) { return "SELECT " + std::to_string(n) + " WHERE id = ?"; };
    for (int n = 0; n < texts; ++n)
        cluster.prime(primed(text(n)).binding({column("id", "int")}).answered(rows({"n"}, row(n))));
    auto options = options_for(cluster);
    options.prepared_cache_capacity = 2;
    options.threads = 2;
    auto session = Session::connect(options);
    int wrong = 0;
    for (int round = 0; round < rounds; ++round) {
        std::vector<std::future<Rows>> futures;
        for (int n = 0; n < requests_at_once; ++n)
            futures.push_back(session.async_execute(Statement{text(n % texts), n}, asio::use_future));
        if (round % 2 == 1)
            cluster.forget_prepared(0);
        for (int n = 0; n < requests_at_once; ++n)
            wrong += futures[static_cast<std::size_t>(n)].get().front()[0].as<int>() != n % texts;
    }
    CHECK(wrong == 0);
    CHECK(cluster.count(requests(Opcode::prepare)) > texts);
}
