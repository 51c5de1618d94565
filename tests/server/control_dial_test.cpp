#include "cluster_watcher.hpp"

#include <coodie/testing/fake_cluster.hpp>
#include <doctest/doctest.h>
#include <set>

using namespace coodie;
using namespace coodie::testing;
using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

// How the control connection finds a node, and another one.

TEST_CASE("cpp-56: all hosts are found through one contact point")
{
    FakeCluster cluster{{.nodes = Nodes::in({{"dc1", 2}, {"dc2", 1}})}};
    ClusterWatcher watcher{{cluster.address(1)}};
    REQUIRE_FALSE(watcher.connect());
    CHECK(watcher.hosts() == 3);
    CHECK(watcher.snapshot()->cluster_name == "fake cluster");
    CHECK(watcher.snapshot()->contact_datacenter == "dc1");
    CHECK(watcher.news == std::vector<std::string>{"added 0", "added 1", "added 2"});
    const auto& first = *watcher.snapshot()->hosts[0];
    CHECK(first.address() == cluster.address(1));
    CHECK(first.host_id() == cluster.host_id(1));
    CHECK(first.is_up());
    CHECK(cluster.registered(1) == 1);
    CHECK(cluster.connections() == 1);
}

TEST_CASE("sc-01: a contact point that accepts and stays silent costs less than a connect timeout")
{
    FakeCluster cluster{{.nodes = 2}};
    cluster.freeze(0, Frozen::answering);
    ClusterWatcher watcher{cluster.contact_points()};
    const auto start = Clock::now();
    REQUIRE_FALSE(watcher.connect());
    CHECK(Clock::now() - start < 1'500ms);
    CHECK(watcher.snapshot()->hosts[0]->address() == cluster.address(1));
    CHECK(watcher.await([&] { return cluster.connections() == 1; })); // the silent one is not kept
}

TEST_CASE("sc-09: two dead contact points and one that swallows everything do not keep the fourth from being found")
{
    FakeCluster cluster{{.nodes = 4}};
    cluster.stop(0);
    cluster.stop(1);
    cluster.freeze(2);
    ClusterWatcher watcher{cluster.contact_points()};
    const auto start = Clock::now();
    REQUIRE_FALSE(watcher.connect());
    CHECK(Clock::now() - start < 1'500ms);
    CHECK(watcher.hosts() == 4);
}

TEST_CASE("sc-08, cpp-57: when all contact points are dead, each is listed with its reason, and nothing goes on")
{
    FakeCluster cluster{{.nodes = 3}};
    cluster.stop(0);
    cluster.stop(1);
    cluster.stop(2);
    ClusterWatcher watcher{cluster.contact_points()};
    const auto error = watcher.connect();
    REQUIRE(error);
    CHECK(error.code() == errc::no_host_available);
    REQUIRE(error.attempts().size() == 3);
    for (std::size_t node = 0; node < 3; ++node) {
        CHECK(error.attempts()[node].host == cluster.address(node));
        CHECK(error.attempts()[node].code == errc::connection_lost);
        CHECK(error.message().find(cluster.address(node)) != std::string::npos);
    }
    cluster.start(0);
    watcher.run_for(300ms);
    CHECK(cluster.accepted(0) == 0);
    CHECK(watcher.snapshots.empty());
    CHECK(watcher.starts == 1);
}

TEST_CASE("sc-10: a node of another cluster is refused, and the next contact point is tried")
{
    FakeCluster other{{.name = "elsewhere"}};
    FakeCluster cluster{{.name = "home", .first_address = "127.0.0.2"}};
    auto options = ClusterWatcher::options_for({other.address(0), cluster.address(0)});
    options.cluster_name = "home";
    ClusterWatcher watcher{options};
    REQUIRE_FALSE(watcher.connect());
    CHECK(watcher.snapshot()->hosts[0]->host_id() == cluster.host_id(0));
    CHECK(watcher.hosts() == 1);

    auto nowhere = ClusterWatcher::options_for({other.address(0)});
    nowhere.cluster_name = "home";
    ClusterWatcher refused{nowhere};
    const auto error = refused.connect();
    REQUIRE(error);
    CHECK(error.code() == errc::configuration);
    CHECK(error.message().find("'elsewhere'") != std::string::npos);
}

TEST_CASE("sc-10: once the cluster is known, a contact point that was given to another one is refused")
{
    FakeCluster other{{.name = "elsewhere", .first_address = "127.0.0.9"}};
    FakeCluster cluster{{.name = "home"}};
    ClusterWatcher watcher{{cluster.address(0), other.address(0)}};
    REQUIRE_FALSE(watcher.connect());
    cluster.stop(0);
    watcher.run_for(400ms);
    CHECK(watcher.hosts() == 1);
    CHECK(watcher.snapshot()->cluster_name == "home");
    CHECK(other.count(requests(Opcode::register_)) == 0);
    CHECK(watcher.has_line("'elsewhere'"));
    cluster.start(0);
    CHECK(watcher.await([&] { return cluster.registered(0) == 1; }));
}

TEST_CASE("cpp-04: wrong credentials are told as such, and nobody is asked again and again")
{
    FakeCluster cluster{{.nodes = 2, .username = "ann", .password = "right"}};
    auto options = ClusterWatcher::options_for(cluster.contact_points());
    options.connection.handshake.username = "ann";
    options.connection.handshake.password = "wrong";
    ClusterWatcher watcher{options};
    const auto error = watcher.connect();
    REQUIRE(error);
    CHECK(error.code() == errc::bad_credentials);
    CHECK(error.attempts().size() == 2);
    CHECK(error.message().find("wrong") == std::string::npos);
}

TEST_CASE("cpp-63: contact points are tried in random order unless told otherwise, names with all their addresses")
{
    FakeCluster cluster{{.nodes = 3}};
    std::set<std::string> first;
    for (int n = 0; n < 40 && first.size() < 3; ++n) {
        auto options = ClusterWatcher::options_for(cluster.contact_points());
        options.shuffle_contact_points = true;
        ClusterWatcher watcher{options};
        REQUIRE_FALSE(watcher.connect());
        first.insert(watcher.snapshot()->hosts[0]->address());
    }
    CHECK(first.size() == 3);
    for (int n = 0; n < 5; ++n) {
        ClusterWatcher watcher{cluster.contact_points()};
        REQUIRE_FALSE(watcher.connect());
        CHECK(watcher.snapshot()->hosts[0]->address() == cluster.address(0));
    }
    ClusterWatcher named{{"localhost:" + std::to_string(cluster.port())}};
    REQUIRE_FALSE(named.connect());
    CHECK(named.hosts() == 3);
}

TEST_CASE("a name that cannot be resolved is an attempt of its own, and does not stop the others")
{
    FakeCluster cluster{{}};
    ClusterWatcher watcher{{"no-such-host.invalid:9042", cluster.address(0)}};
    REQUIRE_FALSE(watcher.connect());
    ClusterWatcher alone{{"no-such-host.invalid:9042"}};
    const auto error = alone.connect();
    REQUIRE(error);
    CHECK(error.code() == errc::no_host_available);
    REQUIRE(error.attempts().size() == 1);
    CHECK(error.attempts()[0].host == "no-such-host.invalid:9042");
}

TEST_CASE("IPv6: a cluster on ::1 is found")
{
    FakeCluster cluster{{.first_address = "::1"}};
    ClusterWatcher watcher{{cluster.address(0)}};
    REQUIRE_FALSE(watcher.connect());
    CHECK(watcher.snapshot()->hosts[0]->address() == "[::1]:" + std::to_string(cluster.port()));
}

TEST_CASE("cpp-56: the control connection goes to another host when its own is lost, and reads all hosts again")
{
    FakeCluster cluster{{.nodes = 3}};
    ClusterWatcher watcher{{cluster.address(0)}};
    REQUIRE_FALSE(watcher.connect());
    cluster.add_node({});
    cluster.stop(0);
    REQUIRE(watcher.await([&] { return watcher.hosts() == 4; }));
    CHECK(watcher.has_news("added 3"));
    CHECK(cluster.registered(1) + cluster.registered(2) + cluster.registered(3) == 1);
    CHECK(watcher.await([&] { return cluster.connections() == 1; }));
    CHECK(watcher.has_line("the control connection is lost"));
}

TEST_CASE("cpp-55, sc-51: a complete outage keeps what is known, and ends by itself")
{
    FakeCluster cluster{{.nodes = 2}};
    ClusterWatcher watcher{{cluster.address(0)}};
    REQUIRE_FALSE(watcher.connect());
    const auto before = watcher.snapshot();
    cluster.stop(0);
    cluster.stop(1);
    watcher.run_for(700ms);
    CHECK(watcher.snapshot() == before);
    CHECK(watcher.count_lines("no node for the control connection") <= 4); // repeated lines are held back
    cluster.start(1);
    REQUIRE(watcher.await([&] { return cluster.registered(1) == 1; }));
    CHECK(watcher.hosts() == 2);
}

TEST_CASE("sc-51: a control connection that is lost in the middle of a refresh reads everything on the next one")
{
    FakeCluster cluster{{.nodes = 2}};
    ClusterWatcher watcher{{cluster.address(0)}};
    REQUIRE_FALSE(watcher.connect());
    cluster.on(Opcode::query).at(0).containing("system.local").close();
    cluster.add_node({});
    cluster.push_topology("NEW_NODE", 2);
    REQUIRE(watcher.await([&] { return watcher.hosts() == 3; }));
    CHECK(cluster.registered(0) == 0);
}

TEST_CASE("cpp-61: a frozen node is noticed by the heartbeat, and left")
{
    FakeCluster cluster{{.nodes = 2}};
    auto options = ClusterWatcher::options_for({cluster.address(0)});
    options.connection.heartbeat_interval = 50ms;
    options.connection.heartbeat_timeout = 100ms;
    ClusterWatcher watcher{options};
    REQUIRE_FALSE(watcher.connect());
    cluster.freeze(0);
    CHECK(watcher.await([&] { return cluster.registered(1) == 1; }));
}

TEST_CASE("a node that takes connections and answers no questions is left for another")
{
    FakeCluster cluster{{.nodes = 2}};
    cluster.on(Opcode::query).at(0).drop();
    auto options = ClusterWatcher::options_for(cluster.contact_points());
    options.query_timeout = 200ms;
    ClusterWatcher watcher{options};
    REQUIRE_FALSE(watcher.connect());
    CHECK(cluster.registered(1) == 1);
    CHECK(watcher.await([&] { return cluster.connections(0) == 0; }));
}

TEST_CASE("sc-52: the contact points' names are resolved again, and a cluster whose addresses all changed is found")
{
    FakeCluster cluster{{.nodes = 1, .first_address = "127.0.0.5"}};
    ClusterWatcher watcher{{cluster.address(0), "localhost:" + std::to_string(cluster.port())}};
    REQUIRE_FALSE(watcher.connect());
    const auto host = watcher.snapshot()->hosts[0]->host_id();
    FakeCluster moved{{.nodes = {FakeNode{.host_id = host}}, .port = cluster.port()}};
    cluster.stop(0);
    watcher.in_turn([&] { watcher.control().report_down(HostIndex{0}, 0); });
    REQUIRE(watcher.await([&] { return watcher.has_news("moved 0"); }));
    CHECK(watcher.hosts() == 1);
    CHECK(watcher.snapshot()->hosts[0]->address() == moved.address(0));
    CHECK_FALSE(watcher.has_news("added 1"));
}

TEST_CASE("without metadata the contact points are the hosts, and no server is asked for more")
{
    FakeCluster cluster{{.nodes = 3}};
    auto options = ClusterWatcher::options_for({cluster.address(0), cluster.address(2)});
    options.metadata = false;
    ClusterWatcher watcher{options};
    REQUIRE_FALSE(watcher.connect());
    CHECK(watcher.hosts() == 2);
    CHECK(watcher.snapshot()->hosts[1]->address() == cluster.address(2));
    watcher.run_for(50ms);
    CHECK(cluster.count() == 0);
}

TEST_CASE("cpp-53: the control connection can be closed at any moment, and tells nobody anything afterwards")
{
    FakeCluster cluster{{.nodes = 2, .schema = {FakeKeyspace::simple("ks", 1)}}};
    cluster.stop(0);
    int started = 0;
    for (int handlers = 0; handlers < 40; ++handlers) {
        CAPTURE(handlers);
        ClusterWatcher watcher{cluster.contact_points()};
        watcher.start();
        watcher.run_handlers(handlers);
        const auto was_started = watcher.starts;
        watcher.close();
        CHECK(watcher.starts == 1); // told at the latest by close
        started += was_started;
        const auto told = watcher.news.size() + watcher.snapshots.size();
        watcher.run_for(30ms);
        CHECK(watcher.news.size() + watcher.snapshots.size() == told);
        CHECK(watcher.starts == 1);
    }
    CHECK(started > 0);
    CHECK(started < 40);
}

TEST_CASE("cpp-53: the control connection can be closed from inside everything that it tells")
{
    FakeCluster cluster{{.nodes = 3, .schema = {FakeKeyspace::simple("ks", 1)}}};
    for (std::size_t at = 1; at <= 5; ++at) {
        CAPTURE(at);
        ClusterWatcher watcher{cluster.contact_points()};
        const auto told = [&] { return watcher.news.size() + watcher.snapshots.size(); };
        watcher.on_news = [&] {
            if (told() == at)
                watcher.close();
        };
        (void)watcher.connect();
        CHECK(watcher.starts == 1);
        watcher.run_for(30ms);
        CHECK(told() == at);
    }
}
