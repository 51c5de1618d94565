#include "schema_change.hpp"

#include <asio/bind_cancellation_slot.hpp>
#include <asio/cancellation_signal.hpp>
#include <asio/use_future.hpp>
#include <doctest/doctest.h>
#include <future>

// How long a session waits for a change of the schema.

using namespace coodie;
using namespace coodie::testing;
using namespace std::chrono_literals;

TEST_CASE("a change of the schema in a session that reads none is in agreement once the nodes are")
{
    FakeCluster cluster{{.nodes = 2, .schema = users_in("ks", 1)}};
    auto options = options_for(cluster);
    options.schema_metadata = false;
    auto session = Session::connect(options);
    obey(cluster);
    CHECK(in_agreement(session.execute(create_events)));
}

TEST_CASE("a change of the schema that the session could not read is not in agreement")
{
    FakeCluster cluster{{.nodes = 2, .schema = users_in("ks", 1)}};
    auto session = Session::connect(options_for(cluster));
    obey(cluster);
    cluster.on(Opcode::query).containing("system_schema.").reply(error(errc::server_error, "not now"));
    const auto rows = session.execute(create_events);
    CHECK(rows.extras()->schema_change);
    CHECK_FALSE(in_agreement(rows));
}

TEST_CASE("however many changes of the schema come at once, nodes are asked in one round for all of them")
{
    constexpr int changes = 3'000;
    FakeCluster cluster{{.nodes = 2, .schema = users_in("ks", 1)}};
    auto session = Session::connect(options_for(cluster));
    cluster.on(Opcode::query).containing(create_events).reply(SchemaChange{"CREATED", "TABLE", "ks", "events", {}});
    std::atomic<int> told{0}, agreed{0};
    for (int n = 0; n != changes; ++n)
        session.async_execute(create_events, [&](std::exception_ptr error, Rows rows) {
            agreed += !error && in_agreement(rows) ? 1 : 0;
            ++told;
        });
    REQUIRE(becomes_true([&] { return told == changes; }, 60s));
    CHECK(agreed == changes);
    CHECK(polls(cluster) < changes / 10);
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

TEST_CASE("cpp-42: a control connection that has not heard of the change yet does not make an agreement of it")
{
    FakeCluster cluster{{.nodes = 2, .schema = users_in("ks", 1)}};
    auto options = options_for(cluster);
    options.max_schema_agreement_wait = 500ms;
    auto session = Session::connect(options);
    REQUIRE(reaches(session, cluster, 1));
    obey(cluster);
    const auto hosts = session.hosts();
    const auto before = Uuid::random();
    const auto show = [&](const char* table, std::size_t node) {
        cluster.on(Opcode::query)
            .at(0)
            .containing(table)
            .named("stale")
            .reply(rows({"host_id", "schema_version"}, row(hosts.at(node)->host_id(), before)));
    };
    show("host_id, schema_version FROM system.local", 0);
    show("host_id, schema_version FROM system.peers", 1);
    const auto create = [&] { return session.execute(Statement{create_events}.host(cluster.address(1))); };
    CHECK_FALSE(in_agreement(create()));
    cluster.remove_rules("stale");
    CHECK(in_agreement(create()));
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
