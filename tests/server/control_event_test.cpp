#include "cluster_watcher.hpp"
#include "schemas.hpp"

#include <coodie/testing/fake_cluster.hpp>
#include <doctest/doctest.h>

using namespace coodie;
using namespace coodie::testing;
using namespace std::chrono_literals;

// What the control connection makes of events, and of what the session tells it.

namespace {

std::vector<std::byte> body_of(std::string_view text)
{
    const auto bytes = std::as_bytes(std::span{text});
    return {bytes.begin(), bytes.end()};
}

Requests asking(const std::string& text)
{
    auto which = requests(Opcode::query);
    which.containing(text);
    return which;
}

metadata::SchemaDue due_after(const SchemaChange& change)
{
    metadata::SchemaDue due;
    due.add(change);
    return due;
}

/// Keeps what it hears, as "add 127.0.0.1:9042".
struct Listener : HostListener
{
    std::vector<std::string> heard;
    std::function<void()> then = [] {};

    void on_add(const std::shared_ptr<const Host>& host) override { add("add", *host); }
    void on_remove(const std::shared_ptr<const Host>& host) override { add("remove", *host); }
    void on_up(const std::shared_ptr<const Host>& host) override { add("up", *host); }
    void on_down(const std::shared_ptr<const Host>& host) override { add("down", *host); }

private:
    void add(const std::string& what, const Host& host)
    {
        heard.push_back(what + " " + host.address());
        then();
    }
};

}

TEST_CASE("cpp-58: an event that comes while everything is read for the first time is not lost")
{
    FakeCluster cluster{{.nodes = 2}};
    cluster.on(Opcode::query).containing("system.local").times(1).held();
    ClusterWatcher watcher{{cluster.address(0)}};
    watcher.start();
    REQUIRE(watcher.await([&] { return cluster.held() == 1; }));
    cluster.push_status("DOWN", 1);
    watcher.run_for(300ms);
    CHECK(watcher.news.empty()); // nor is it told too early
    cluster.release();
    REQUIRE(watcher.await([&] { return watcher.has_news("may be down 1"); }));
    CHECK(watcher.starts == 1);
}

TEST_CASE("cpp-59: status events are hints about hosts that are known")
{
    FakeCluster cluster{{.nodes = 2}};
    ClusterWatcher watcher{{cluster.address(0)}};
    REQUIRE_FALSE(watcher.connect());
    cluster.push_status("DOWN", 1);
    REQUIRE(watcher.await([&] { return watcher.has_news("may be down 1"); }));
    CHECK(watcher.snapshot()->hosts[1]->is_up()); // the pools know better
    cluster.push_status("UP", 1);
    REQUIRE(watcher.await([&] { return watcher.has_news("may be up 1"); }));
    watcher.pools_look = false;
    cluster.push_status("DOWN", 1);
    CHECK(watcher.await([&] { return !watcher.snapshot()->hosts[1]->is_up(); }));
    cluster.push_status("UP", 1);
    CHECK(watcher.await([&] { return watcher.snapshot()->hosts[1]->is_up(); }));
}

TEST_CASE("an event about a node that nobody knows reads the hosts, and adds none by itself")
{
    FakeCluster cluster{{.nodes = 1}};
    ClusterWatcher watcher{{cluster.address(0)}};
    REQUIRE_FALSE(watcher.connect());
    cluster.forget_requests();
    cluster.push(FakeEvent::status("UP", Inet::parse("10.9.9.9").value(), 9042));
    REQUIRE(watcher.await([&] { return cluster.count(asking("system.peers")) != 0; }));
    watcher.run_for(100ms);
    CHECK(watcher.hosts() == 1);
}

TEST_CASE("cpp-53, cpp-59: topology events add and remove hosts")
{
    FakeCluster cluster{{.nodes = 2, .schema = users_in("ks", 3)}};
    ClusterWatcher watcher{{cluster.address(0)}};
    REQUIRE_FALSE(watcher.connect());
    CHECK(watcher.snapshot()->replicas("ks", Token{0}).size() == 2);
    const auto added = cluster.add_node({});
    cluster.push_topology("NEW_NODE", added);
    REQUIRE(watcher.await([&] { return watcher.has_news("added 2"); }));
    CHECK(watcher.snapshot()->replicas("ks", Token{0}).size() == 3);
    cluster.remove_node(1);
    cluster.push_topology("REMOVED_NODE", 1);
    REQUIRE(watcher.await([&] { return watcher.has_news("removed 1"); }));
    CHECK(watcher.snapshot()->hosts[1] == nullptr);
    CHECK(watcher.snapshot()->replicas("ks", Token{0}).size() == 2);
}

TEST_CASE("cpp-59: schema events read what they name, and share the rest")
{
    FakeCluster cluster{{.schema = users_in("ks", 1)}};
    cluster.change_schema([](FakeSchema& schema) { schema.push_back(users_in("other", 1).front()); });
    ClusterWatcher watcher{cluster.contact_points()};
    REQUIRE_FALSE(watcher.connect());
    const auto other = watcher.schema().keyspace("other");
    REQUIRE(other);
    cluster.change_schema([](FakeSchema& schema) {
        schema.front().tables.push_back(table("events", {{"day", "date"}, {"what", "text"}}));
    });
    cluster.push(SchemaChange{"CREATED", "TABLE", "ks", "events", {}});
    REQUIRE(watcher.await([&] { return watcher.schema().table("ks", "events") != nullptr; }));
    CHECK(watcher.schema().keyspace("other") == other);
    cluster.change_schema([](FakeSchema& schema) { schema.pop_back(); });
    cluster.push(SchemaChange{"DROPPED", "KEYSPACE", "other", "", {}});
    CHECK(watcher.await([&] { return !watcher.schema().keyspace("other"); }));
}

TEST_CASE("a keyspace of any name is asked for by a bound value")
{
    const std::string name = "O'Brien\"s; DROP KEYSPACE ks";
    FakeCluster cluster{{.schema = users_in("ks", 1)}};
    ClusterWatcher watcher{cluster.contact_points()};
    REQUIRE_FALSE(watcher.connect());
    cluster.change_schema([&](FakeSchema& schema) { schema.push_back(users_in(name, 1).front()); });
    cluster.push(SchemaChange{"CREATED", "KEYSPACE", name, "", {}});
    CHECK(watcher.await([&] { return watcher.schema().keyspace(name) != nullptr; }));
    CHECK(cluster.count(asking("Brien")) == 0);
}

TEST_CASE("what a statement of ours changed is in the snapshot when that is told")
{
    FakeCluster cluster{{.schema = users_in("ks", 1)}};
    ClusterWatcher watcher{cluster.contact_points()};
    REQUIRE_FALSE(watcher.connect());
    cluster.change_schema([](FakeSchema& schema) { schema.front().tables.push_back(table("t2", {{"id", "int"}})); });
    int told = 0;
    bool was_there = false;
    watcher.in_turn([&] {
        watcher.control().refresh_schema(due_after({"CREATED", "TABLE", "ks", "t2", {}}), [&](const Error& error) {
            ++told;
            was_there = !error && watcher.schema().table("ks", "t2");
        });
    });
    REQUIRE(watcher.await([&] { return told != 0; }));
    CHECK(was_there);
    watcher.in_turn([&] {
        watcher.control().refresh_schema(due_after({"CREATED", "TABLE", "ks", "t3", {}}),
                                         [&](const Error&) { ++told; });
    });
    watcher.close();
    CHECK(told == 2);
}

TEST_CASE("sc-50: a flood of 100 000 events costs one refresh in flight and one that waits")
{
    FakeCluster cluster{{.nodes = 2}};
    auto options = ClusterWatcher::options_for({cluster.address(0)});
    options.connection.heartbeat_interval = 30ms;
    options.connection.heartbeat_timeout = 30s;
    options.query_timeout = 30s;
    ClusterWatcher watcher{options};
    REQUIRE_FALSE(watcher.connect());
    cluster.forget_requests();
    cluster.on(Opcode::query).containing("system.local").held();
    cluster.push_topology("NEW_NODE", 1);
    REQUIRE(watcher.await([&] { return cluster.held() == 1; }));
    for (int n = 0; n < 100'000; ++n) {
        cluster.push_topology("NEW_NODE", 1);
        if (n % 1000 == 0)
            watcher.run_handlers(1);
    }
    watcher.run_for(300ms);
    CHECK(cluster.held() == 1);
    CHECK(cluster.count(asking("system.local")) == 1); // in flight
    cluster.remove_rules();
    cluster.release();
    CHECK(watcher.await([&] { return cluster.count(asking("system.local")) == 2; }));
    watcher.run_for(400ms);
    CHECK(cluster.count(asking("system.local")) == 2); // the one that waited stood for all
    CHECK(cluster.registered(0) == 1);
}

TEST_CASE("events of kinds that nobody knows, and bodies that nobody can read, change nothing")
{
    FakeCluster cluster{{}};
    ClusterWatcher watcher{cluster.contact_points()};
    REQUIRE_FALSE(watcher.connect());
    cluster.forget_requests();
    cluster.push(FakeEvent{"", body_of({"\0\3XYZ", 5})});
    cluster.push(FakeEvent{"", body_of("garbage that is no event")});
    cluster.push(FakeEvent{"", {}});
    watcher.run_for(400ms);
    CHECK(cluster.count(requests(Opcode::query)) == 0);
    CHECK(cluster.registered(0) == 1);
    cluster.push_topology("NEW_NODE", 0);
    CHECK(watcher.await([&] { return cluster.count(asking("system.local")) == 1; }));
}

TEST_CASE("sc-53: schema agreement is told as a flag, within its time; a node that is down does not count")
{
    FakeCluster cluster{{.nodes = 3}};
    auto options = ClusterWatcher::options_for({cluster.address(0)});
    options.schema_agreement_interval = 50ms;
    ClusterWatcher watcher{options};
    REQUIRE_FALSE(watcher.connect());
    const auto wait = [&](std::chrono::milliseconds most = 500ms, std::optional<Uuid> coordinator = {}) {
        std::optional<bool> agreed;
        const auto start = std::chrono::steady_clock::now();
        watcher.in_turn(
            [&] { watcher.control().await_schema_agreement({most, coordinator}, [&](bool told) { agreed = told; }); });
        REQUIRE(watcher.await([&] { return agreed.has_value(); }));
        CHECK(std::chrono::steady_clock::now() - start < 1s);
        return *agreed;
    };
    CHECK(wait());
    cluster.change_node(2, [](FakeNode& node) { node.schema_version = Uuid::random(); });
    CHECK_FALSE(wait());
    CHECK_FALSE(wait(0ms));
    watcher.in_turn([&] { watcher.control().report_down(HostIndex{2}, 0); });
    CHECK(wait());
    CHECK(wait(0ms));                             // as they are now
    CHECK_FALSE(wait(500ms, cluster.host_id(2))); // the one that changed it counts, even when nothing reaches it
}

TEST_CASE("sc-53: agreement is reached while it is waited for, also over the loss of the control connection")
{
    FakeCluster cluster{{.nodes = 2}};
    auto options = ClusterWatcher::options_for({cluster.address(0)});
    options.schema_agreement_interval = 50ms;
    ClusterWatcher watcher{options};
    REQUIRE_FALSE(watcher.connect());
    cluster.change_node(1, [](FakeNode& node) { node.schema_version = Uuid::random(); });
    std::optional<bool> agreed;
    watcher.in_turn([&] { watcher.control().await_schema_agreement({5s}, [&](bool told) { agreed = told; }); });
    watcher.run_for(200ms);
    CHECK_FALSE(agreed);
    cluster.close_connections(0);
    cluster.change_node(1, [](FakeNode& node) { node.schema_version.reset(); });
    REQUIRE(watcher.await([&] { return agreed.has_value(); }));
    CHECK(*agreed);
}

TEST_CASE("cpp-62: a host listener hears of each change once, and the session may be closed from inside it")
{
    FakeCluster cluster{{.nodes = 2}};
    const auto listener = std::make_shared<Listener>();
    auto options = ClusterWatcher::options_for({cluster.address(0)});
    options.host_listener = listener;
    ClusterWatcher watcher{options};
    REQUIRE_FALSE(watcher.connect());
    const auto one = cluster.address(1);
    REQUIRE(watcher.await([&] { return listener->heard.size() == 2; }));
    CHECK(listener->heard == std::vector<std::string>{"add " + cluster.address(0), "add " + one});
    watcher.in_turn([&] {
        auto& control = watcher.control();
        control.report_up(HostIndex{1}, 0);
        control.report_up(HostIndex{1}, 1);
        control.report_down(HostIndex{1}, 0);
        control.report_down(HostIndex{1}, 1);
        control.report_down(HostIndex{1}, 1);
        control.report_up(HostIndex{1}, 0);
    });
    cluster.remove_node(1);
    cluster.push_topology("REMOVED_NODE", 1);
    REQUIRE(watcher.await([&] { return listener->heard.size() == 5; }));
    CHECK(std::vector(listener->heard.begin() + 2, listener->heard.end()) ==
          std::vector<std::string>{"down " + one, "up " + one, "remove " + one});

    listener->then = [&] { watcher.close(); };
    watcher.in_turn([&] {
        watcher.control().report_down(HostIndex{0}, 0);
        watcher.control().report_up(HostIndex{0}, 0);
    });
    watcher.run_for(50ms);
    CHECK(listener->heard.size() == 6); // closed: the second one is not told
}
