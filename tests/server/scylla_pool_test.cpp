#include <coodie/policies.hpp>
#include <coodie/session.hpp>
#include <coodie/testing/fake_cluster.hpp>
#include <doctest/doctest.h>
#include <lib/base/latest.hpp>
#include <map>
#include <thread>

// Connections to each shard of a node.

using namespace coodie;
using namespace coodie::testing;
using namespace std::chrono_literals;

namespace {

SessionOptions options_for(FakeCluster& cluster)
{
    SessionOptions options{.hosts = cluster.contact_points()};
    options.reconnection_policy = std::make_shared<ConstantReconnection>(20ms);
    return options;
}

constexpr std::size_t control = 1; // connection

/// How many connections each shard got, of so many that are opened behind the first.
std::map<std::uint16_t, int> dealt(FakeCluster& cluster, std::size_t count)
{
    REQUIRE(cluster.await(requests(Opcode::startup), control + count));
    std::map<std::uint16_t, int> shards;
    const auto startups = cluster.recorded(requests(Opcode::startup));
    for (std::size_t n = control; n < startups.size(); ++n)
        ++shards[startups[n].shard];
    return shards;
}

void say(FakeCluster& cluster, std::string option, std::string value)
{
    cluster.change_node(0, [&](FakeNode& node) { node.supported[option] = {value}; });
}

/// Remembers the first host that a session finds.
class FirstHost : public HostListener
{
public:
    void on_add(const std::shared_ptr<const Host>& host) override
    {
        if (!found_.get())
            found_.set(host);
    }
    /// Whether the host has so many shards, soon.
    bool comes_to(std::uint16_t shards) const
    {
        const auto end = std::chrono::steady_clock::now() + 10s;
        for (auto host = found_.get(); !host || host->shards() != shards; host = found_.get()) {
            if (std::chrono::steady_clock::now() > end)
                return false;
            std::this_thread::sleep_for(1ms);
        }
        return true;
    }

private:
    detail::Latest<std::shared_ptr<const Host>> found_;
};

/// Says on which shard each connection is, whatever port it came to; of those behind the last what that is on.
void deal(FakeCluster& cluster, const std::vector<int>& shards, int count)
{
    cluster.on(Opcode::options).reply([shards, count](const RecordedRequest& request) {
        const auto shard = shards[std::min(request.connection, shards.size() - 1)];
        return supported({{"CQL_VERSION", {"3.3.1"}},
                          {"SCYLLA_SHARD", {std::to_string(shard)}},
                          {"SCYLLA_NR_SHARDS", {std::to_string(count)}},
                          {"SCYLLA_PARTITIONER", {"org.apache.cassandra.dht.Murmur3Partitioner"}},
                          {"SCYLLA_SHARDING_ALGORITHM", {"biased-token-round-robin"}},
                          {"SCYLLA_SHARDING_IGNORE_MSB", {"12"}}});
    });
}

}

TEST_CASE("each shard of a node gets its connections, and no connection is opened in vain")
{
    FakeCluster cluster{{.nodes = {{.shards = 4}}}};
    auto session = Session::connect(options_for(cluster));
    CHECK(cluster.await_connections(0, control + 4));
    CHECK(dealt(cluster, 4) == std::map<std::uint16_t, int>{{0, 1}, {1, 1}, {2, 1}, {3, 1}});
    CHECK_NOTHROW(session.execute(Statement{"SELECT"}));
    CHECK(cluster.accepted(0) == control + 4);
}

TEST_CASE("connections_per_local_host counts for each shard and each loop")
{
    FakeCluster cluster{{.nodes = {{.shards = 3}}}};
    auto options = options_for(cluster);
    options.connections_per_local_host = 2;
    options.threads = 2;
    auto session = Session::connect(options);
    CHECK(cluster.await_connections(0, control + 12));
}

TEST_CASE("sc-46 where the shard-aware port leads to other shards all of them get a connection by the usual one")
{
    FakeCluster cluster{{.nodes = {{.shards = 5}}}};
    say(cluster, "SCYLLA_SHARD_AWARE_PORT", std::to_string(cluster.port()));
    auto session = Session::connect(options_for(cluster));
    CHECK(cluster.await_connections(0, control + 5));
    CHECK_NOTHROW(session.execute(Statement{"SELECT"}));
}

TEST_CASE("sc-46 a shard-aware port that nothing listens on costs no shard its connection, and the host is not down")
{
    FakeCluster cluster{{.nodes = {{.shards = 5}}}};
    FakeCluster other;
    const auto closed = other.port();
    other.stop(0);
    say(cluster, "SCYLLA_SHARD_AWARE_PORT", std::to_string(closed));
    auto session = Session::connect(options_for(cluster));
    CHECK(cluster.await_connections(0, control + 5));
    CHECK(dealt(cluster, 5).size() == 5);
    CHECK_NOTHROW(session.execute(Statement{"SELECT"}));
}

TEST_CASE("connections on shards that have theirs are closed once every shard has one")
{
    FakeCluster cluster{{.nodes = 1}};
    deal(cluster, {0, 2, 2, 2, 0, 2, 1, 1}, 3);
    auto session = Session::connect(options_for(cluster));
    CHECK(cluster.await(requests(Opcode::startup), 7)); // the last of which is on shard 1
    CHECK(cluster.await_connections(0, control + 3));
    CHECK_NOTHROW(session.execute(Statement{"SELECT"}));
}

TEST_CASE("a node that never gives a connection to some shard is used with the others, and not flooded")
{
    FakeCluster cluster{{.nodes = 1}};
    deal(cluster, {0}, 3);
    auto options = options_for(cluster);
    options.reconnection_policy = std::make_shared<ConstantReconnection>(1h);
    auto session = Session::connect(options);
    CHECK(cluster.await(requests(Opcode::startup), 5));
    CHECK(cluster.await_connections(0, control + 1));
    for (int n = 0; n < 50; ++n)
        CHECK_NOTHROW(session.execute(Statement{"SELECT"}));
    CHECK(cluster.accepted(0) < 20);
}

TEST_CASE("sc-45 a node that comes back with another number of shards gets as many connections, and its Host says so")
{
    FakeCluster cluster{{.nodes = {{.shards = 2}}}};
    auto options = options_for(cluster);
    const auto listener = std::make_shared<FirstHost>();
    options.host_listener = listener;
    auto session = Session::connect(options);
    CHECK(cluster.await_connections(0, control + 2));
    CHECK(listener->comes_to(2));
    for (const std::uint16_t shards : std::initializer_list<std::uint16_t>{7, 1, 3}) {
        CAPTURE(shards);
        cluster.stop(0);
        cluster.change_node(0, [&](FakeNode& node) { node.shards = shards; });
        cluster.start(0);
        CHECK(cluster.await_connections(0, control + shards));
        CHECK(listener->comes_to(shards));
        CHECK_NOTHROW(session.execute(Statement{"SELECT"}));
    }
}
