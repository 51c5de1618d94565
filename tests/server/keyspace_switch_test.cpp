#include "cluster_session.hpp"

#include <algorithm>
#include <asio/use_future.hpp>
#include <doctest/doctest.h>

// A session's keyspace on every one of its connections.

using namespace coodie;
using namespace coodie::testing;
using namespace std::chrono_literals;

namespace {

constexpr std::size_t connections = 6; ///< three to each of two nodes

/// A session whose connections are all open.
struct Switching
{
    FakeCluster cluster{{.nodes = 2, .schema = {FakeKeyspace::simple("ks", 1), FakeKeyspace::simple("Shop \"A\"", 1)}}};
    Session session;
    std::size_t accepted;

    Switching()
    {
        cluster.on(Opcode::query).containing("everywhere").after(5ms);
        auto options = options_for(cluster);
        options.connections_per_local_host = connections / 2;
        session = Session::connect(options);
        REQUIRE(becomes_true([&] { return keyspaces_used().size() == connections; }));
        accepted = accepted_now();
    }
    std::size_t accepted_now() const { return cluster.accepted(0) + cluster.accepted(1); }
    /// Requests at once, so many that every connection gets some: those that got one, and their keyspaces.
    std::map<std::size_t, std::string> keyspaces_used()
    {
        cluster.forget_requests();
        std::vector<std::future<Rows>> futures;
        for (int n = 0; n < 60; ++n)
            futures.push_back(session.async_execute("SELECT everywhere", asio::use_future));
        for (auto& future : futures)
            future.get();
        std::map<std::size_t, std::string> used;
        for (const auto& request : cluster.recorded(requests().containing("everywhere")))
            used[request.connection] = request.keyspace;
        return used;
    }
    bool all_use(const std::string& keyspace)
    {
        const auto used = keyspaces_used();
        return used.size() == connections &&
               std::ranges::all_of(used, [&](const auto& connection) { return connection.second == keyspace; });
    }
};

}

TEST_CASE("cpp-52: a switch of the keyspace reaches every connection before the next request, whatever its name")
{
    for (const auto* name : {"ks", "Shop \"A\""}) {
        CAPTURE(name);
        Switching setup;
        setup.session.set_keyspace(name);
        for (const auto& [connection, keyspace] : setup.keyspaces_used())
            CHECK(keyspace == name);
        CHECK(becomes_true([&] { return setup.all_use(name); }));
        CHECK(setup.accepted_now() == setup.accepted);
    }
}

TEST_CASE("a connection that cannot switch to the keyspace is replaced by one that is in it")
{
    Switching setup;
    setup.cluster.on(Opcode::query).containing("USE").nth(2).reply(error(errc::server_error, "not now"));
    setup.session.set_keyspace("ks");
    CHECK(becomes_true([&] { return setup.all_use("ks"); }));
    CHECK(setup.accepted_now() == setup.accepted + 1);
}
