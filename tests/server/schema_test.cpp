#include "schema_change.hpp"

#include <asio/use_future.hpp>
#include <doctest/doctest.h>
#include <future>

// What a session shows of the schema.

using namespace coodie;
using namespace coodie::testing;
using namespace std::chrono_literals;

TEST_CASE("a session shows the name, the partitioner, the hosts and the schema of its cluster")
{
    FakeCluster cluster{{.nodes = 2, .schema = users_in("ks", 1), .name = "the cluster"}};
    auto session = Session::connect(options_for(cluster));
    const auto metadata = session.metadata();
    CHECK(metadata.cluster_name == "the cluster");
    CHECK(metadata.partitioner == "org.apache.cassandra.dht.Murmur3Partitioner");
    CHECK(metadata.hosts == session.hosts());
    REQUIRE(metadata.hosts.size() == 2);
    CHECK(metadata.hosts[0]->address() == cluster.address(0));
    CHECK(metadata.hosts[1]->host_id() == cluster.host_id(1));
    CHECK(metadata.schema->table("ks", "users"));

    std::promise<bool> seen;
    session.async_execute("SELECT",
                          [&](std::exception_ptr, Rows) { seen.set_value(session.metadata().hosts.size() == 2); });
    CHECK(seen.get_future().get());
    cluster.remove_node(1);
    cluster.push_topology("REMOVED_NODE", 1);
    CHECK(becomes_true([&] { return session.hosts().size() == 1; }));
    CHECK(metadata.hosts.size() == 2); // as it was
    session.close();
    CHECK(session.metadata().cluster_name == "the cluster");
}

TEST_CASE("a session that nobody connected, and one that asks no server, have metadata of nothing")
{
    CHECK(Session{}.hosts().empty());
    CHECK(Session{}.metadata().schema->keyspaces.empty());
    FakeCluster cluster{{.nodes = 2, .schema = users_in("ks", 1)}};
    auto options = options_for(cluster);
    options.metadata = false;
    auto session = Session::connect(options);
    CHECK(session.metadata().cluster_name.empty());
    CHECK(session.metadata().schema->keyspaces.empty());
    CHECK(session.hosts().size() == 1);
    CHECK_FALSE(session.schema_in_agreement());
}

TEST_CASE("a session that reads no schema says so when it is asked to read it")
{
    FakeCluster cluster{{.schema = users_in("ks", 1)}};
    for (const auto metadata : {false, true}) {
        auto options = options_for(cluster);
        options.metadata = metadata;
        options.schema_metadata = false;
        auto session = Session::connect(options);
        const auto error = error_of([&] { session.refresh_schema(); });
        CHECK(error.code() == errc::configuration);
        CHECK(error.message().find(metadata ? "schema_metadata" : "metadata is false") != std::string::npos);
    }
}

TEST_CASE("cpp-59: what an event says has changed is shown, without anybody asking")
{
    FakeCluster cluster{{.nodes = 2, .schema = users_in("ks", 1)}};
    auto session = Session::connect(options_for(cluster));
    cluster.change_schema(
        [](FakeSchema& schema) { schema.front().tables.push_back(table("events", {{"day", "date"}})); });
    cluster.push(SchemaChange{"CREATED", "TABLE", "ks", "events", {}});
    CHECK(becomes_true([&] { return shows_events(session); }));
    cluster.change_schema([](FakeSchema& schema) { schema.clear(); });
    cluster.push(SchemaChange{"DROPPED", "KEYSPACE", "ks", "", {}});
    CHECK(becomes_true([&] { return session.metadata().schema->keyspaces.empty(); }));
}

TEST_CASE("a schema is read again when somebody asks for it: a keyspace of it, or all")
{
    FakeCluster cluster{{.schema = users_in("ks", 1)}};
    auto session = Session::connect(options_for(cluster));
    cluster.change_schema([](FakeSchema& schema) {
        schema.front().tables.push_back(table("events", {{"day", "date"}}));
        schema.push_back(users_in("other", 1).front());
    });
    session.refresh_schema("ks");
    CHECK(shows_events(session));
    CHECK_FALSE(session.metadata().schema->keyspace("other"));
    session.async_refresh_schema("", asio::use_future).get();
    CHECK(session.metadata().schema->keyspace("other"));
    session.close();
    CHECK(code_of([&] { session.refresh_schema(); }) == errc::closed);
    CHECK(code_of([&] { Session{}.refresh_schema(); }) == errc::closed);
}

TEST_CASE("whoever asks for the schema of a cluster that does not answer hears so in time")
{
    FakeCluster cluster{{.schema = users_in("ks", 1)}};
    auto options = options_for(cluster);
    options.request_timeout = 300ms;
    auto session = Session::connect(options);
    cluster.freeze(0);
    CHECK(code_of([&] { session.refresh_schema(); }) == errc::request_timeout);
    cluster.stop(0);
    CHECK(code_of([&] { session.refresh_schema(); }) == errc::request_timeout);
    CHECK_FALSE(session.schema_in_agreement());
}

TEST_CASE("sc-53: whether nodes agree is told as it is")
{
    FakeCluster cluster{{.nodes = 2}};
    auto session = Session::connect(options_for(cluster));
    CHECK(session.schema_in_agreement());
    disagree(cluster, 1);
    CHECK_FALSE(session.schema_in_agreement());
    CHECK_FALSE(session.async_schema_in_agreement(asio::use_future).get());
    session.close();
    CHECK_FALSE(session.schema_in_agreement());
}

TEST_CASE("cpp-62: of hosts that the policy ignores a listener hears nothing")
{
    struct Listener final : HostListener
    {
        void on_add(const std::shared_ptr<const Host>& host) override { add("add", *host); }
        void on_remove(const std::shared_ptr<const Host>& host) override { add("remove", *host); }
        void on_up(const std::shared_ptr<const Host>& host) override { add("up", *host); }
        void on_down(const std::shared_ptr<const Host>& host) override { add("down", *host); }
        void add(const std::string& what, const Host& host)
        {
            const std::lock_guard lock{mutex};
            heard.push_back(what + ' ' + host.datacenter());
        }
        std::size_t count() const
        {
            const std::lock_guard lock{mutex};
            return heard.size();
        }
        mutable std::mutex mutex;
        std::vector<std::string> heard;
    };
    FakeCluster cluster{{.nodes = Nodes::in({{"near", 2}, {"far", 1}})}};
    const auto listener = std::make_shared<Listener>();
    auto options = options_for(cluster);
    options.host_listener = listener;
    auto session = Session::connect(options);
    REQUIRE(becomes_true([&] { return listener->count() == 2; }));
    const auto is_up = [&](std::size_t host) { return session.hosts()[host]->is_up(); };
    cluster.push_status("DOWN", 2);
    REQUIRE(becomes_true([&] { return !is_up(2); })); // nobody looks: a server's word counts
    cluster.stop(1);
    REQUIRE(becomes_true([&] { return listener->count() == 3; }));
    cluster.start(1);
    REQUIRE(becomes_true([&] { return listener->count() == 4; }));
    const auto added = cluster.add_node({.datacenter = "far"});
    cluster.push_topology("NEW_NODE", added);
    REQUIRE(becomes_true([&] { return session.hosts().size() == 4; }));
    cluster.stop(1);
    REQUIRE(becomes_true([&] { return listener->count() == 5; }));
    for (const auto node : {added, std::size_t{1}}) {
        cluster.remove_node(node);
        cluster.push_topology("REMOVED_NODE", node);
    }
    REQUIRE(becomes_true([&] { return listener->count() == 6; }));
    CHECK(listener->heard ==
          std::vector<std::string>{"add near", "add near", "down near", "up near", "down near", "remove near"});
}
