#include "cluster_watcher.hpp"
#include "schemas.hpp"

#include <coodie/testing/fake_cluster.hpp>
#include <doctest/doctest.h>
#include <protocol/murmur3.hpp>

using namespace coodie;
using namespace coodie::testing;
using namespace std::chrono_literals;

// What the control connection makes of the tables of its node.

TEST_CASE("the schema and the replicas of its keyspaces are in the snapshot when the start is done")
{
    FakeCluster cluster{{.nodes = 3, .schema = users_in("ks", 2)}};
    ClusterWatcher watcher{cluster.contact_points()};
    REQUIRE_FALSE(watcher.connect());
    REQUIRE(watcher.schema().keyspace("ks"));
    CHECK(watcher.schema().table("ks", "users"));
    CHECK(watcher.snapshot()->partitioner == protocol::Partitioner::murmur3);
    CHECK(watcher.snapshot()->replicas("ks", Token{0}).size() == 2);
    CHECK(watcher.snapshot()->replicas("no such keyspace", Token{0}).empty());
}

TEST_CASE("pages: a schema of more rows than a page has is read whole")
{
    FakeSchema schema;
    for (int n = 0; n < 23; ++n)
        schema.push_back(users_in("ks" + std::to_string(n), 1).front());
    FakeCluster cluster{{.schema = schema}};
    auto options = ClusterWatcher::options_for(cluster.contact_points());
    options.page_size = 5;
    ClusterWatcher watcher{options};
    REQUIRE_FALSE(watcher.connect());
    for (int n = 0; n < 23; ++n)
        CHECK(watcher.schema().table("ks" + std::to_string(n), "users"));
}

TEST_CASE("sc-49, cpp-60: odd rows of peers are left out with one warning, the others are hosts")
{
    struct Example
    {
        const char* name;
        std::map<std::string, Value> peer_columns;
        std::size_t hosts;
    };
    const Inet nowhere;
    const Example examples[]{
        {"no host_id", {{"host_id", Value{}}}, 2},
        {"no datacenter", {{"data_center", Value{}}}, 2},
        {"no rack", {{"rack", Value{}}}, 2},
        {"no tokens", {{"tokens", Value{}}}, 2},
        {"no address", {{"native_address", Value{}}, {"rpc_address", Value{}}}, 2},
        {"0.0.0.0: its address among the nodes", {{"native_address", nowhere}, {"rpc_address", nowhere}}, 3},
    };
    for (const auto peers_v2 : {true, false})
        for (const auto& example : examples) {
            CAPTURE(example.name);
            CAPTURE(peers_v2);
            FakeCluster cluster{{.nodes = {{}, {.peer_columns = example.peer_columns}, {}}, .peers_v2 = peers_v2}};
            ClusterWatcher watcher{{cluster.address(0)}};
            REQUIRE_FALSE(watcher.connect());
            CHECK(watcher.hosts() == example.hosts);
            CHECK(watcher.count_lines("left out") == 3 - example.hosts);
        }
}

TEST_CASE("sc-49: a row about the node itself, and two of one host id, are one host")
{
    const auto twin = Uuid::random();
    FakeCluster cluster{{.nodes = {{}, {.host_id = twin}, {.peer_columns = {{"host_id", twin}}}}}};
    ClusterWatcher watcher{{cluster.address(0)}};
    REQUIRE_FALSE(watcher.connect());
    CHECK(watcher.hosts() == 2);

    FakeCluster doubled{
        {.nodes = {{.host_id = twin}, {.peer_columns = {{"host_id", twin}}}}, .first_address = "127.0.0.7"}};
    ClusterWatcher second{{doubled.address(0)}};
    REQUIRE_FALSE(second.connect());
    CHECK(second.hosts() == 1);
    CHECK(second.snapshot()->hosts[0]->address() == doubled.address(0));
}

TEST_CASE("when the tables of hosts cannot be read, the contact points are the hosts")
{
    FakeCluster cluster{{.nodes = 3}};
    cluster.on(Opcode::query).containing("system.").reply(error(errc::unauthorized, "not for you"));
    ClusterWatcher watcher{{cluster.address(0), cluster.address(2)}};
    REQUIRE_FALSE(watcher.connect());
    CHECK(watcher.hosts() == 2);
    CHECK(watcher.has_line("cannot be read"));
    cluster.remove_rules();
    cluster.push_topology("NEW_NODE", 1);
    REQUIRE(watcher.await([&] { return watcher.hosts() == 3; }));
    CHECK(watcher.snapshot()->hosts[0]->host_id() == cluster.host_id(0)); // the same host, now with a name
    CHECK_FALSE(watcher.has_news("removed 0"));
}

TEST_CASE("sc-54: one keyspace that nobody can read does not cost the others")
{
    auto schema = users_in("good", 1);
    auto bad = users_in("bad", 1).front();
    bad.row = {{"replication", Value{}}};
    schema.push_back(bad);
    FakeCluster cluster{{.schema = schema}};
    ClusterWatcher watcher{cluster.contact_points()};
    REQUIRE_FALSE(watcher.connect());
    CHECK(watcher.schema().table("good", "users"));
    CHECK(watcher.snapshot()->replicas("good", Token{1}).size() == 1);
    CHECK(watcher.snapshot()->replicas("bad", Token{1}).empty());
}

TEST_CASE("a schema that cannot be read costs the way to replicas only, and is read later")
{
    FakeCluster cluster{{.schema = users_in("ks", 1)}};
    cluster.on(Opcode::query).containing("system_schema.tables").reply(error(errc::unavailable, "later"));
    ClusterWatcher watcher{cluster.contact_points()};
    REQUIRE_FALSE(watcher.connect());
    CHECK(watcher.hosts() == 1);
    CHECK(watcher.snapshot()->replicas("ks", Token{1}).empty());
    cluster.remove_rules();
    CHECK(watcher.await([&] { return watcher.schema().keyspace("ks") != nullptr; }));
}

TEST_CASE("addresses of other nodes are translated, that of the contact point is not")
{
    FakeCluster cluster{{.nodes = {{}, {.peer_columns = {{"native_address", Inet::parse("10.1.1.1").value()}}}}}};
    auto options = ClusterWatcher::options_for({cluster.address(0)});
    const auto port = std::to_string(cluster.port());
    options.translator = std::make_shared<FixedAddresses>(
        std::map<std::string, std::string, std::less<>>{{"10.1.1.1", "localhost"}, {cluster.address(0), "10.2.2.2"}});
    ClusterWatcher watcher{options};
    REQUIRE_FALSE(watcher.connect());
    const auto& hosts = watcher.added;
    REQUIRE(hosts.size() == 2);
    CHECK(hosts[0].target.endpoint.address().to_string() == "127.0.0.1");
    CHECK(hosts[1].host->address() == "10.1.1.1:" + port);
    CHECK(hosts[1].target.server.name == "localhost");
    CHECK(hosts[1].target.endpoint.address().is_loopback());
}

TEST_CASE("a host whose translation throws is left out, with a warning")
{
    FakeCluster cluster{{.nodes = 2}};
    auto options = ClusterWatcher::options_for({cluster.address(0)});
    options.translator = std::make_shared<FunctionTranslator>(
        [](const HostDescription&) -> std::string { throw std::runtime_error{"no such room"}; });
    ClusterWatcher watcher{options};
    REQUIRE_FALSE(watcher.connect());
    CHECK(watcher.hosts() == 1);
    CHECK(watcher.has_line("left out: " + cluster.address(1) +
                           ": the address translator threw an exception: no such room"));
}

namespace {

/// Answers each question of this table with one more page: which ones, by their number.
void send_pages_without_end(FakeCluster& cluster, const char* table, std::function<int(int)> page_after,
                            std::chrono::milliseconds delay = {})
{
    const auto number = std::make_shared<std::atomic<int>>(0);
    cluster.on(Opcode::query)
        .containing(table)
        .after(delay)
        .reply([number, page_after](const RecordedRequest&) -> Answer {
            const auto state = page_after((*number)++);
            return page(rows({"keyspace_name"}, row(std::string(1'000, 'k'))),
                        {static_cast<std::byte>(state), static_cast<std::byte>(state >> 8U)});
        });
}

constexpr const char* paged_tables[]{"system.peers_v2", "system_schema.keyspaces"};

}

TEST_CASE("a node that sends the pages of its tables round in a circle is not asked for ever")
{
    for (const auto* table : paged_tables)
        for (const auto length : {1, 2, 3}) {
            CAPTURE(table);
            CAPTURE(length);
            FakeCluster cluster{{}};
            send_pages_without_end(cluster, table, [length](int number) { return number % length; });
            ClusterWatcher watcher{{cluster.address(0)}};
            CHECK_FALSE(watcher.connect());
            CHECK(watcher.hosts() == 1);
            CHECK(cluster.count(requests(Opcode::query).containing(table)) < 20);
        }
}

TEST_CASE("a node whose tables have no end takes no more memory than a frame may, and a bounded time")
{
    for (const auto* table : paged_tables) {
        CAPTURE(table);
        const auto is_in_hosts = std::string_view{table}.starts_with("system.");
        FakeCluster cluster{{}};
        send_pages_without_end(cluster, table, [](int number) { return number; });
        auto options = ClusterWatcher::options_for({cluster.address(0)});
        options.connection.limits.max_body = 128U << 10U;
        ClusterWatcher watcher{options};
        CHECK_FALSE(watcher.connect());
        CHECK((is_in_hosts || watcher.has_line("more than the 131072 bytes of max_frame")));
        CHECK(cluster.count(requests(Opcode::query).containing(table)) < 300);

        FakeCluster slow{{.first_address = "127.0.0.7"}};
        send_pages_without_end(slow, table, [](int number) { return number; }, 20ms);
        options = ClusterWatcher::options_for({slow.address(0)});
        options.answer_timeout = 300ms;
        ClusterWatcher patient{options};
        const auto error = patient.connect();
        if (is_in_hosts)
            CHECK((error && error.code() == errc::no_host_available));
        else
            CHECK_FALSE(error);
        CHECK((is_in_hosts || patient.has_line("no end of an answer about the cluster within 300 ms")));
    }
}
