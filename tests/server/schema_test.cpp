#include "cluster_session.hpp"
#include "schemas.hpp"

#include <asio/bind_cancellation_slot.hpp>
#include <asio/cancellation_signal.hpp>
#include <asio/use_future.hpp>
#include <coodie/cluster_metadata.hpp>
#include <doctest/doctest.h>
#include <future>

// What a session shows of the schema, and how long it waits for a change of it.

using namespace coodie;
using namespace coodie::testing;
using namespace std::chrono_literals;

namespace {

constexpr auto create_events = "CREATE TABLE ks.events (day date PRIMARY KEY)";

/// Creates the table when asked to for the first time. All nodes have the new schema then.
void obey(FakeCluster& cluster)
{
    cluster.on(Opcode::query).containing(create_events).reply([&cluster](const RecordedRequest&) -> Answer {
        cluster.change_schema([](FakeSchema& schema) {
            auto& tables = schema.front().tables;
            if (tables.size() == 1)
                tables.push_back(table("events", {{"day", "date"}}));
        });
        return SchemaChange{"CREATED", "TABLE", "ks", "events", {}};
    });
}

void disagree(FakeCluster& cluster, std::size_t node)
{
    cluster.change_node(node, [](FakeNode& changed) { changed.schema_version = Uuid::random(); });
}

bool shows_events(const Session& session)
{
    return session.metadata().schema->table("ks", "events") != nullptr;
}

bool in_agreement(const Rows& rows)
{
    return rows.extras() && rows.extras()->schema_change && rows.extras()->schema_in_agreement;
}

/// Of system.peers, which schema agreement asks for and nobody else.
std::size_t polls(const FakeCluster& cluster)
{
    return cluster.count(requests(Opcode::query).containing("schema_version FROM system.peers"));
}

}

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
    CHECK_NOTHROW(session.refresh_schema());
    CHECK_FALSE(session.schema_in_agreement());
}

TEST_CASE("cpp-42: a change of the schema is answered once all nodes have it, and then the session shows it")
{
    for (const auto threads : {1U, 2U}) {
        CAPTURE(threads);
        FakeCluster cluster{{.nodes = 3, .schema = users_in("ks", 1)}};
        auto options = options_for(cluster);
        options.threads = threads;
        auto session = Session::connect(options);
        obey(cluster);
        disagree(cluster, 2);
        std::vector<std::future<bool>> shown;
        for (std::size_t n = 0; n != 2 * threads; ++n)
            shown.push_back(std::async(std::launch::async, [&] {
                const auto rows = session.execute(create_events);
                return in_agreement(rows) && shows_events(session);
            }));
        REQUIRE(becomes_true([&] { return polls(cluster) > 2 * shown.size(); }));
        for (auto& future : shown)
            CHECK(future.wait_for(0s) == std::future_status::timeout);
        cluster.change_node(2, [](FakeNode& node) { node.schema_version.reset(); });
        for (auto& future : shown)
            CHECK(future.get());
    }
}

TEST_CASE("cpp-42: a handler sees what its statement has changed")
{
    FakeCluster cluster{{.schema = users_in("ks", 1)}};
    auto session = Session::connect(options_for(cluster));
    obey(cluster);
    std::promise<bool> seen;
    session.async_execute(create_events, [&](std::exception_ptr error, Rows rows) {
        seen.set_value(!error && in_agreement(rows) && shows_events(session));
    });
    CHECK(seen.get_future().get());
}

TEST_CASE("cpp-42, sc-53: nodes that do not agree are waited for as long as the options say; that is no error")
{
    FakeCluster cluster{{.nodes = 3, .schema = users_in("ks", 1)}};
    std::mutex mutex;
    std::string log;
    auto options = options_for(cluster);
    options.max_schema_agreement_wait = 300ms;
    options.log = [&](LogLevel, std::string_view line) {
        const std::lock_guard lock{mutex};
        log += line;
    };
    auto session = Session::connect(options);
    obey(cluster);
    disagree(cluster, 1);
    const auto start = std::chrono::steady_clock::now();
    const auto rows = session.execute(create_events);
    CHECK(std::chrono::steady_clock::now() - start >= 300ms);
    CHECK_FALSE(in_agreement(rows));
    CHECK(rows.extras()->schema_change->name == "events");
    CHECK(becomes_true([&] { return shows_events(session); }));
    const std::lock_guard lock{mutex};
    CHECK(log.find("CREATED TABLE ks.events") != std::string::npos);
}

TEST_CASE("sc-53: a node that nothing reaches is not waited for")
{
    FakeCluster cluster{{.nodes = 3, .schema = users_in("ks", 1)}};
    auto session = Session::connect(options_for(cluster));
    obey(cluster);
    disagree(cluster, 2);
    cluster.stop(2);
    REQUIRE(becomes_true([&] { return !session.hosts()[2]->is_up(); }));
    CHECK(in_agreement(session.execute(create_events)));
}

TEST_CASE("cpp-42: the wait for agreement can be switched off")
{
    FakeCluster cluster{{.nodes = 2, .schema = users_in("ks", 1)}};
    auto options = options_for(cluster);
    options.max_schema_agreement_wait = 0ms;
    auto session = Session::connect(options);
    obey(cluster);
    disagree(cluster, 1);
    const auto rows = session.execute(create_events);
    CHECK(rows.extras()->schema_change);
    CHECK_FALSE(rows.extras()->schema_in_agreement);
    CHECK(polls(cluster) == 0);
    options.max_schema_agreement_wait = -1ms;
    CHECK(code_of([&] { Session::connect(options); }) == errc::configuration);
}

TEST_CASE("the request's own timeout ends the wait for agreement, not with an error: the change was made")
{
    FakeCluster cluster{{.nodes = 2, .schema = users_in("ks", 1)}};
    auto session = Session::connect(options_for(cluster));
    obey(cluster);
    disagree(cluster, 1);
    Statement create{create_events};
    create.options().timeout = 300ms;
    const auto rows = session.execute(create);
    CHECK(rows.extras()->schema_change);
    CHECK_FALSE(rows.extras()->schema_in_agreement);
}

TEST_CASE("closing ends the wait for agreement, not with an error; a cancelled wait is one")
{
    FakeCluster cluster{{.nodes = 2, .schema = users_in("ks", 1)}};
    for (const auto threads : {1U, 2U}) {
        CAPTURE(threads);
        auto options = options_for(cluster);
        options.threads = threads;
        auto session = Session::connect(options);
        obey(cluster);
        disagree(cluster, 1);
        const auto polled = polls(cluster);
        auto created = session.async_execute(create_events, asio::use_future);
        asio::cancellation_signal signal;
        std::promise<errc> cancelled;
        session.async_execute(create_events,
                              asio::bind_cancellation_slot(signal.slot(), [&](std::exception_ptr error, Rows) {
                                  cancelled.set_value(code_of([&] { std::rethrow_exception(error); }));
                              }));
        REQUIRE(becomes_true([&] { return polls(cluster) >= polled + 2; }));
        signal.emit(asio::cancellation_type::terminal);
        CHECK(cancelled.get_future().get() == errc::cancelled);
        session.close();
        const auto rows = created.get();
        CHECK(rows.extras()->schema_change);
        CHECK_FALSE(rows.extras()->schema_in_agreement);
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
