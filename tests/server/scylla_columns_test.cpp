#include "tests/error_of.hpp"
#include <asio/use_future.hpp>
#include <coodie/async.hpp>
#include <coodie/observer.hpp>
#include <coodie/testing/fake_cluster.hpp>
#include <doctest/doctest.h>
#include <protocol/execute.hpp>
#include <protocol/result.hpp>
#include <set>

// Columns that change after a statement was prepared, where the server tells so.

using namespace coodie;
using namespace coodie::testing;

namespace {

constexpr auto select_text = "SELECT * FROM ks.t";

/// What the last EXECUTE said, by the connection's agreement.
protocol::Execute decoded(const RecordedRequest& request)
{
    protocol::Reader in{request.body};
    auto execute = protocol::Execute::decode(in, true);
    REQUIRE_FALSE(in.failed());
    return execute;
}

std::vector<std::byte> id_in(const RecordedRequest& request)
{
    const auto execute = decoded(request);
    REQUIRE(execute.result_metadata_id);
    return {execute.result_metadata_id->begin(), execute.result_metadata_id->end()};
}

std::vector<std::byte> statement_in(const RecordedRequest& request)
{
    const auto id = decoded(request).id;
    return {id.begin(), id.end()};
}

/// Writes down the texts of requests that ended.
class Texts final : public RequestObserver
{
public:
    std::unique_ptr<RequestSpan> started(const ObservedRequest&) override { return std::make_unique<Span>(*this); }
    std::vector<std::string> ended; ///< to be read while no request is on its way

private:
    struct Span final : RequestSpan
    {
        explicit Span(Texts& t) : texts{t} {}
        void ended(const ObservedRequest& request, const Error&) override
        {
            texts.ended.emplace_back(request.statement);
        }
        Texts& texts;
    };
};

std::size_t columns_of(const Rows& rows)
{
    return rows.metadata().columns.size();
}

/// RESULT Rows that says that the columns changed, to none.
Answer changed_to_nothing()
{
    static constexpr std::byte id[]{std::byte{1}, std::byte{2}};
    protocol::RowsResult rows;
    rows.metadata.flags = protocol::metadata_flag::metadata_changed;
    rows.metadata.new_metadata_id = protocol::Bytes{id};
    const protocol::ResultResponse response{std::move(rows)};
    std::vector<std::byte> body(response.encoded_size());
    protocol::Writer out{body};
    response.encode(out);
    return message(Opcode::result, std::move(body));
}

}

TEST_CASE(
    "sc-36 columns that a table got after a statement was prepared are read right, and the server still leaves them "
    "out when they are known")
{
    FakeCluster cluster{{.nodes = {{.shards = 1}}}};
    cluster.prime(select_text, rows({"a"}, row(1)));
    auto session = Session::connect({.hosts = cluster.contact_points()});
    const auto prepared = session.prepare(select_text);
    CHECK(columns_of(session.execute(prepared.unbound())) == 1);

    cluster.prime(select_text, rows({"a", "b"}, row(1, "new")));
    for (int n = 0; n < 3; ++n) {
        const auto now = session.execute(prepared.unbound());
        REQUIRE(now.size() == 1);
        CHECK(now.front()["b"].as<std::string>() == "new");
    }
    CHECK(cluster.count(requests(Opcode::prepare)) == 1);
    const auto seen = cluster.recorded(requests(Opcode::execute));
    REQUIRE(seen.size() == 4);
    for (const auto& request : seen)
        CHECK(decoded(request).parameters.skip_metadata);
    CHECK(id_in(seen[0]) == id_in(seen[1]));
    CHECK(id_in(seen[1]) != id_in(seen[2]));
    CHECK(id_in(seen[2]) == id_in(seen[3]));
}

TEST_CASE("sc-37 columns that are said to have changed to none leave the known ones alone")
{
    FakeCluster cluster{{.nodes = {{.shards = 1}}}};
    cluster.prime(select_text, rows({"a"}, row(1)));
    auto session = Session::connect({.hosts = cluster.contact_points()});
    const auto prepared = session.prepare(select_text);
    cluster.on(Opcode::execute).times(1).reply(changed_to_nothing());
    CHECK(session.execute(prepared.unbound()).empty());
    CHECK(session.execute(prepared.unbound()).front()["a"].as<std::int32_t>() == 1);
    const auto seen = cluster.recorded(requests(Opcode::execute));
    REQUIRE(seen.size() == 2);
    CHECK(id_in(seen[0]) == id_in(seen[1]));
}

TEST_CASE("sc-37 two answers with other columns each, in whatever order, are read right and leave one of them known")
{
    for (const bool backwards : {false, true}) {
        CAPTURE(backwards);
        FakeCluster cluster{{.nodes = {{.shards = 1}}}};
        cluster.prime(select_text, rows({"a"}, row(1)));
        auto session = Session::connect({.hosts = cluster.contact_points()});
        const auto prepared = session.prepare(select_text);
        cluster.on(Opcode::execute).nth(1).reply(rows({"a", "b"}, row(1, 2))).held();
        cluster.on(Opcode::execute).nth(2).reply(rows({"a", "b", "c"}, row(1, 2, 3))).held();
        auto first = session.async_execute(prepared.unbound(), asio::use_future);
        auto second = session.async_execute(prepared.unbound(), asio::use_future);
        REQUIRE(cluster.await(requests(Opcode::execute), 2));
        if (backwards)
            cluster.release_backwards();
        else
            cluster.release();
        const std::set<std::size_t> columns{columns_of(first.get()), columns_of(second.get())};
        CHECK(columns == std::set<std::size_t>{2, 3});
        cluster.remove_rules();
        CHECK(columns_of(session.execute(prepared.unbound())) == 1);
        CHECK(columns_of(session.execute(prepared.unbound())) == 1);
    }
}

TEST_CASE("a request keeps its text when its statement's columns changed, and nobody keeps what it was prepared as")
{
    FakeCluster cluster{{.nodes = {{.shards = 1}}}};
    cluster.prime(select_text, rows({"a"}, row(1)));
    const auto texts = std::make_shared<Texts>();
    auto session = Session::connect({.hosts = cluster.contact_points(), .observer = texts});
    auto statement = session.prepare(select_text).unbound();
    cluster.prime(select_text, rows({"a", "b"}, row(1, "new")));
    CHECK(columns_of(session.execute(std::move(statement))) == 2);
    session.close();
    REQUIRE_FALSE(texts->ended.empty());
    CHECK(texts->ended.back() == select_text);
}

TEST_CASE("columns that a statement got in a keyspace that was left are not those of the same text in the new one")
{
    constexpr auto plain = "SELECT * FROM t";
    FakeCluster cluster{
        {.nodes = {{.shards = 1}}, .schema = {FakeKeyspace::simple("one", 1), FakeKeyspace::simple("two", 1)}}};
    cluster.prime(plain, rows({"a"}, row(1)));
    auto session = Session::connect({.hosts = cluster.contact_points(), .keyspace = "one"});
    cluster.on(Opcode::execute).times(1).reply(rows({"a", "b"}, row(1, 2))).held();
    auto before = session.async_execute(session.prepare(plain).unbound(), asio::use_future);
    REQUIRE(cluster.await(requests(Opcode::execute), 1));
    session.set_keyspace("two");
    session.execute(session.prepare(plain).unbound());
    cluster.release();
    CHECK(columns_of(before.get()) == 2);
    CHECK(columns_of(session.execute(session.prepare(plain).unbound())) == 1);
    const auto seen = cluster.recorded(requests(Opcode::execute));
    REQUIRE(seen.size() == 3);
    CHECK(statement_in(seen[0]) != statement_in(seen[1]));
    CHECK(statement_in(seen[1]) == statement_in(seen[2]));
}

TEST_CASE("where only some nodes know ids of columns, each gets what it understands")
{
    FakeCluster cluster{{.nodes = {{.shards = 1}, {}}}};
    cluster.prime(select_text, rows({"a", "b"}, row(1, "new")));
    auto session = Session::connect({.hosts = cluster.contact_points()});
    const auto prepared = session.prepare(select_text);
    for (int n = 0; n < 60; ++n)
        CHECK(session.execute(prepared.unbound()).front()["b"].as<std::string>() == "new");
    std::set<std::size_t> nodes;
    for (const auto& request : cluster.recorded(requests(Opcode::execute))) {
        nodes.insert(request.node);
        CHECK(request.problem == "");
    }
    CHECK(nodes.size() == 2);
}
