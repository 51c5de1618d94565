#include "ring.hpp"

#include <protocol/routing_key.hpp>
#include <set>

// Which host gets a request, how long it is waited for, and how what it gets is dated.

using namespace coodie;
using namespace coodie::testing;
using namespace std::chrono_literals;

namespace {

constexpr auto insert_text = "INSERT INTO ks.t (id, n) VALUES (?, ?)";
constexpr auto lwt_text = "UPDATE ks.t SET n = ? WHERE id = ? IF n = 1";

void prime(FakeCluster& cluster)
{
    const auto id = column("id", "int", "ks", "t"), n = column("n", "int", "ks", "t");
    cluster.prime(primed(insert_text).binding({id, n}).keyed_by({0}));
    cluster.prime(primed(lwt_text).binding({n, id}).keyed_by({1}));
}

/// How many did not go to the owner of their key, which is the value of that index.
std::size_t elsewhere(const FakeCluster& cluster, Opcode opcode, std::uint16_t key)
{
    std::size_t wrong = 0;
    for (const auto& request : cluster.recorded(requests(opcode).on_data())) {
        const std::uint16_t key_columns[]{key};
        wrong += request.node != owner(protocol::routing_token(request.values, key_columns));
    }
    return wrong;
}

}

TEST_CASE("cpp-66 a prepared statement goes to a replica of its row, whoever prepared it")
{
    FakeCluster cluster{ring(1)};
    prime(cluster);
    auto session = connect(cluster, options_for(cluster));
    const auto insert = session.prepare(insert_text);
    for (int n = 0; n < 100; ++n)
        session.execute(insert.bind(n, n));
    CHECK(elsewhere(cluster, Opcode::execute, 0) == 0);
    CHECK(cluster.count(requests(Opcode::execute)) >= 100);

    cluster.forget_requests();
    for (int n = 0; n < 100; ++n)
        session.execute(Statement{insert_text, n, n});
    CHECK(elsewhere(cluster, Opcode::execute, 0) == 0);

    cluster.forget_requests();
    for (int n = 0; n < 100; ++n)
        session.execute(Statement{insert_text}.bind_values({Value{n}, Value{n}}));
    CHECK(elsewhere(cluster, Opcode::execute, 0) == 0);

    cluster.forget_requests();
    for (int n = 0; n < 100; ++n)
        session.execute(Batch{.statements = {Statement{"INSERT"}, insert.bind(n, n), insert.bind(n + 1, n)}});
    CHECK(elsewhere(cluster, Opcode::batch, 0) == 0);
    CHECK(cluster.count(requests(Opcode::batch)) >= 100);
}

TEST_CASE("a statement's routing key decides where it goes")
{
    FakeCluster cluster{ring(1)};
    auto options = options_for(cluster);
    options.keyspace = "ks";
    auto session = connect(cluster, options);
    for (int n = 0; n < 50; ++n) {
        CAPTURE(n);
        ValueBuffer key;
        key.add(n);
        const auto bytes = *protocol::routing_key(key, std::vector<std::uint16_t>{0});
        cluster.forget_requests();
        session.execute(Statement{"SELECT by key"}.routing_key(bytes));
        const auto seen = cluster.recorded(requests(Opcode::query).containing("by key"));
        REQUIRE(seen.size() == 1);
        CHECK(seen.front().node == owner(protocol::murmur3_token(bytes)));
    }
}

TEST_CASE("a lightweight transaction goes to the first replica, other statements to any of them")
{
    FakeCluster cluster{ring(2)};
    prime(cluster);
    auto session = connect(cluster, options_for(cluster));
    const auto lwt = session.prepare(lwt_text);
    const auto insert = session.prepare(insert_text);
    for (int n = 0; n < 50; ++n)
        session.execute(lwt.bind(n, n));
    CHECK(elsewhere(cluster, Opcode::execute, 1) == 0);
    CHECK(cluster.count(requests(Opcode::execute)) >= 50);
    cluster.forget_requests();
    for (int n = 0; n < 50; ++n)
        session.execute(insert.bind(7, 7));
    std::set<std::size_t> nodes;
    for (const auto& request : cluster.recorded(requests(Opcode::execute)))
        nodes.insert(request.node);
    const auto first = owner(protocol::routing_token(insert.bind(7, 7).values(), std::vector<std::uint16_t>{0}));
    CHECK(nodes == std::set<std::size_t>{first, (first + 1) % 3});
}

TEST_CASE("sc-28 a host that does not answer in an attempt's time is left for the next one only if that does no harm")
{
    FakeCluster cluster{ring(1)};
    auto options = options_for(cluster);
    options.attempt_timeout = 100ms;
    options.load_balancing_policy = std::make_shared<RoundRobinPolicy>();
    auto session = connect(cluster, options);
    cluster.on(Opcode::query).at(1).containing("slow").drop();
    Statement statement{"SELECT slow"};
    statement.options().idempotent = true;
    for (int n = 0; n < 6; ++n)
        CHECK_NOTHROW(session.execute(statement));
    CHECK(cluster.count(requests(Opcode::query).at(1).containing("slow")) > 0);

    statement.options().idempotent = false;
    cluster.forget_requests();
    int lost = 0;
    for (int n = 0; n < 6; ++n) {
        const auto error = error_of([&] { session.execute(statement); });
        if (!error)
            continue;
        ++lost;
        CHECK(error.code() == errc::request_timeout);
        CHECK(error.message().find("attempt_timeout") != std::string::npos);
        REQUIRE(error.attempts().size() == 1);
        CHECK(error.attempts()[0].host == cluster.address(1));
    }
    CHECK(lost > 0);
    CHECK(cluster.count(requests(Opcode::query).containing("slow")) == 6);
}

TEST_CASE("when no host answers in an attempt's time the error has each of them")
{
    FakeCluster cluster{ring(1)};
    auto options = options_for(cluster);
    options.attempt_timeout = 50ms;
    auto session = connect(cluster, options);
    cluster.on(Opcode::query).containing("slow").drop();
    Statement statement{"SELECT slow"};
    statement.options().idempotent = true;
    const auto error = error_of([&] { session.execute(statement); });
    CHECK(error.code() == errc::no_host_available);
    CHECK(error.attempts().size() == 3);
}

TEST_CASE("cpp-43 requests are dated by the client, each later than those before it")
{
    FakeCluster cluster{ring(1)};
    prime(cluster);
    auto session = Session::connect(options_for(cluster));
    const auto insert = session.prepare(insert_text);
    for (int n = 0; n < 20; ++n) {
        session.execute("INSERT");
        session.execute(insert.bind(n, n));
        session.execute(Batch{.statements = {Statement{"INSERT"}}});
    }
    const auto seen = cluster.recorded(requests().on_data().where([](const RecordedRequest& request) {
        return request.contains("INSERT") && request.opcode != Opcode::prepare;
    }));
    REQUIRE(seen.size() >= 60);
    std::set<std::int64_t> dates;
    std::int64_t last = 0;
    for (const auto& request : seen) {
        REQUIRE(request.timestamp);
        CHECK(*request.timestamp >= last);
        dates.insert(last = *request.timestamp);
    }
    CHECK(dates.size() == 60);
}

TEST_CASE("what was prepared to return rows is not dated")
{
    FakeCluster cluster;
    const auto select_text = "SELECT n FROM ks.t WHERE id = ?";
    cluster.prime(primed(select_text).binding({column("id", "int", "ks", "t")}).answered(rows({"n"}, row(1))));
    auto session = Session::connect(options_for(cluster));
    session.execute(session.prepare(select_text).bind(1));
    const auto seen = cluster.recorded(requests(Opcode::execute).on_data());
    REQUIRE(seen.size() == 1);
    CHECK_FALSE(seen.front().timestamp);
}

TEST_CASE("a statement's own timestamp stands, and servers date requests where the session says so")
{
    FakeCluster cluster;
    auto options = options_for(cluster);
    auto session = Session::connect(options);
    Statement dated{"INSERT own"};
    dated.options().timestamp = 1234;
    session.execute(dated);
    options.timestamps = std::make_shared<ServerSideTimestamps>();
    Session::connect(options).execute("INSERT plain");
    CHECK(cluster.recorded(requests(Opcode::query).containing("own")).at(0).timestamp == 1234);
    CHECK_FALSE(cluster.recorded(requests(Opcode::query).containing("plain")).at(0).timestamp);
}

TEST_CASE("an attempt's time that is none is refused")
{
    SessionOptions options;
    options.attempt_timeout = 0ms;
    CHECK(code_of([&] { Session::connect(options); }) == errc::configuration);
}
