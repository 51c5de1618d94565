#include <coodie/exceptions.hpp>
#include <coodie/session.hpp>
#include <coodie/testing/fake_cluster.hpp>
#include <doctest/doctest.h>

using namespace coodie;
using namespace coodie::testing;
using namespace std::chrono_literals;

namespace {

Session connect(const FakeCluster& cluster, SessionOptions options = {})
{
    options.hosts = {cluster.address(0)};
    options.metadata = false; // the contact point alone, and no questions but the test's
    return Session::connect(std::move(options));
}

template <class Call> errc code_of(Call&& call)
{
    try {
        call();
    } catch (const CoodieError& thrown) {
        return thrown.error().code();
    }
    return {};
}

}

TEST_CASE("a session of ours connects, asks and is answered")
{
    FakeCluster cluster{{.nodes = 3}};
    cluster.prime("SELECT id, name FROM ks.users", rows({"id", "name"}, row(1, "Ann"), row(2, "Bob")));
    auto session = connect(cluster);
    const auto users = session.execute("SELECT id, name FROM ks.users");
    REQUIRE(users.size() == 2);
    CHECK(users[1]["name"].as<std::string>() == "Bob");
    CHECK(session.execute("SELECT peer FROM system.peers").size() == 2);
    CHECK(session.execute("INSERT INTO ks.users (id) VALUES (3)").empty());
    CHECK(cluster.count(requests(Opcode::query)) == 3);
    CHECK(cluster.count(requests(Opcode::query).at(1)) == 0);
}

TEST_CASE("a prepared statement is known by its id, and unknown to a node that forgot it")
{
    FakeCluster cluster;
    cluster.prime(primed("SELECT name FROM ks.users WHERE id = ?")
                      .binding({column("id", "int", "ks", "users")})
                      .keyed_by({0})
                      .answered(rows({"name"}, row("Ann"))));
    auto session = connect(cluster);
    const auto statement = session.prepare("SELECT name FROM ks.users WHERE id = ?");
    CHECK(session.execute(statement.bind(7)).front()["name"].as<std::string>() == "Ann");
    cluster.forget_prepared(0);
    CHECK(session.execute(statement.bind(8)).size() == 1);
    CHECK(cluster.count(requests(Opcode::prepare)) == 2);
    const auto executed = cluster.recorded(requests(Opcode::execute).containing("ks.users"));
    REQUIRE(executed.size() == 2);
    CHECK(executed[0].values.count() == 1);
    CHECK(decode(executed[0].values.at(0), {TypeId::int_}).value() == Value{7});
}

TEST_CASE("rows come in the pages that were asked for")
{
    FakeCluster cluster;
    cluster.prime("SELECT n FROM ks.t", rows({"n"}, row(1), row(2), row(3), row(4), row(5)));
    auto session = connect(cluster);
    Statement statement{"SELECT n FROM ks.t"};
    statement.options().page_size = 2;
    std::vector<int> numbers;
    for (bool more = true; more;) {
        const auto page = session.execute(statement);
        CHECK(page.size() <= 2);
        for (const auto& got : page)
            numbers.push_back(got["n"].as<int>());
        more = page.has_more_pages();
        statement.paging_state({page.paging_state().begin(), page.paging_state().end()});
    }
    CHECK(numbers == std::vector{1, 2, 3, 4, 5});
}

TEST_CASE("a keyspace that the schema lacks cannot be used")
{
    FakeCluster cluster{{.schema = {FakeKeyspace::simple("shop", 3)}}};
    CHECK(connect(cluster, {.keyspace = "shop"}).keyspace() == "shop");
    CHECK(code_of([&] { connect(cluster, {.keyspace = "nope"}); }) == errc::invalid_request);
}

TEST_CASE("credentials are asked for and looked at")
{
    FakeCluster cluster{{.username = "ann", .password = "secret"}};
    CHECK(connect(cluster, {.username = "ann", .password = "secret"}).execute("SELECT key FROM system.local").size() ==
          1);
    CHECK(code_of([&] { connect(cluster, {.username = "ann", .password = "wrong"}); }) == errc::bad_credentials);
}

TEST_CASE("both compressions carry requests and answers")
{
    FakeCluster cluster;
    for (const auto compression : {Compression::lz4, Compression::snappy}) {
        auto session = connect(cluster, {.compression = compression});
        const auto local = session.execute("SELECT cluster_name FROM system.local WHERE key = 'local'");
        CHECK(local.front()["cluster_name"].as<std::string>() == "fake cluster");
    }
}

TEST_CASE("a rule answers in a node's place as often as it says, after the time it says")
{
    FakeCluster cluster;
    cluster.on(Opcode::query).at(0).containing("INSERT").times(1).reply(error(errc::invalid_request, "no")).after(20ms);
    auto session = connect(cluster);
    const auto start = std::chrono::steady_clock::now();
    CHECK(code_of([&] { session.execute("INSERT INTO ks.t (a) VALUES (1)"); }) == errc::invalid_request);
    CHECK(std::chrono::steady_clock::now() - start >= 20ms);
    CHECK(code_of([&] { session.execute("INSERT INTO ks.t (a) VALUES (1)"); }) == errc{});
}
