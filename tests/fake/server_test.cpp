#include "raw_client.hpp"

#include <doctest/doctest.h>

using namespace coodie;
using namespace coodie::testing;
using namespace std::chrono_literals;
using namespace protocol;

namespace {

struct Started : RawClient
{
    explicit Started(const FakeCluster& cluster, std::size_t node = 0, StringMap options = {})
        : RawClient{cluster, node}
    {
        start(std::move(options));
    }
};

}

TEST_CASE("nothing but OPTIONS is answered before STARTUP")
{
    FakeCluster cluster;
    RawClient client{cluster};
    client.ask(Query{"SELECT 1"});
    CHECK(Heard{client.frame()}.as<ErrorResponse>().message ==
          "Unexpected message QUERY, expecting STARTUP or OPTIONS");
    client.ask(Options{});
    const Heard heard{client.frame()};
    CHECK(heard.as<Supported>().values_of("COMPRESSION").size() == 2);
}

TEST_CASE("another version of the protocol is refused")
{
    FakeCluster cluster;
    RawClient client{cluster};
    auto frame = frame_of(Options{}, 0);
    frame[0] = std::byte{5};
    client.send(frame);
    CHECK(Heard{client.frame()}.error() == errc::protocol_error);
}

TEST_CASE("SUPPORTED says what the options say")
{
    FakeCluster cluster{{.nodes = {{.supported = {{"EXTRA", {"a", "b"}}}}, {}}, .supported = {{"COMPRESSION", {}}}}};
    RawClient client{cluster};
    client.ask(Options{});
    const Heard heard{client.frame()};
    CHECK(heard.as<Supported>().values_of("EXTRA").size() == 2);
    CHECK(heard.as<Supported>().values_of("COMPRESSION").empty());
}

TEST_CASE("events reach the connections that registered for their type, and no others")
{
    FakeCluster cluster{{.nodes = 2}};
    Started schema{cluster};
    Started status{cluster, 1};
    Started none{cluster};
    schema.ask(Register{{"SCHEMA_CHANGE"}});
    status.ask(Register{{"STATUS_CHANGE"}});
    schema.frame();
    status.frame();
    CHECK(cluster.registered(0) == 1);
    CHECK(cluster.push_status("DOWN", 0) == 1);
    CHECK(cluster.push(SchemaChange{"CREATED", "TABLE", "ks", "t", {}}) == 1);
    CHECK(cluster.push(SchemaChange{"CREATED", "TABLE", "ks", "t", {}}, 1) == 0);
    const Heard down{status.frame()};
    CHECK(down.header.stream == -1);
    const auto& change = std::get<StatusChange>(down.as<Event>().body);
    CHECK(change.change == "DOWN");
    CHECK(change.node.port == cluster.port());
    const Heard created{schema.frame()};
    CHECK(std::get<SchemaChange>(created.as<Event>().body).name == "t");
    CHECK(none.is_silent());
}

TEST_CASE("a batch with an unknown id is UNPREPARED with that id")
{
    FakeCluster cluster;
    Started client{cluster};
    client.ask(Prepare{"INSERT INTO ks.t"});
    const Heard prepared{client.frame()};
    const auto id = prepared.result<PreparedResult>().id;
    const auto unknown = blob("unknown");
    client.ask(protocol::Batch{.statements = {{"INSERT 1"}, {id}}});
    CHECK(Heard{client.frame()}.header.opcode == Opcode::result);
    client.ask(protocol::Batch{.statements = {{id}, {Bytes{unknown}}}});
    const Heard refused{client.frame()};
    CHECK(refused.error() == errc::unprepared);
    CHECK(std::get<UnpreparedFields>(refused.as<ErrorResponse>().fields).id == unknown);
    CHECK(cluster.count(requests(Opcode::batch).containing("INSERT INTO ks.t")) == 2);
}

TEST_CASE("metadata is left out where the client asks for that")
{
    FakeCluster cluster;
    cluster.prime("SELECT n FROM t", rows({"n"}, row(1)));
    Started client{cluster};
    client.ask(Query{"SELECT n FROM t", {.skip_metadata = true}});
    const auto frame = client.frame();
    const auto header = parse_header(std::span<const std::byte>{frame}.first<header_size>());
    ResultMetadata known{{column("n", "int")}, {}};
    const auto heard =
        decode_response(header, std::span<const std::byte>{frame}.subspan(header_size), {.result = {.cached = &known}});
    REQUIRE(heard);
    const auto& result = std::get<RowsResult>(std::get<ResultResponse>(heard->message).body);
    CHECK(result.metadata.columns == nullptr);
    CHECK(result.rows == 1);
}

TEST_CASE("a traced request has a tracing id and rows in system_traces")
{
    FakeCluster cluster;
    Started client{cluster};
    client.ask(Query{"INSERT 1"}, 0, flag::tracing);
    const Heard heard{client.frame()};
    REQUIRE(heard.response.prefix.tracing_id.has_value());
    const auto id = heard.response.prefix.tracing_id->to_string();
    for (const auto* table : {"sessions", "events"}) {
        const auto cql = "SELECT * FROM system_traces." + std::string{table} + " WHERE session_id = " + id;
        client.ask(Query{cql});
        CHECK(Heard{client.frame()}.result<RowsResult>().rows >= 1);
    }
}

TEST_CASE("nodes stop, start, come and go on the same port")
{
    FakeCluster cluster{{.nodes = 2}};
    Started client{cluster, 1};
    cluster.stop(1);
    CHECK(client.end() != RawClient::End::open);
    CHECK(cluster.connections(1) == 0);
    cluster.start(1);
    Started again{cluster, 1};
    const auto third = cluster.add_node({.rack = "rack3"});
    CHECK(cluster.address(third) == "127.0.0.3:" + std::to_string(cluster.port()));
    again.ask(Query{"SELECT rack FROM system.peers"});
    CHECK(Heard{again.frame()}.result<RowsResult>().rows == 2);
    cluster.remove_node(third);
    again.ask(Query{"SELECT rack FROM system.peers_v2"});
    CHECK(Heard{again.frame()}.result<RowsResult>().rows == 1);
    CHECK(cluster.contact_points().size() == 2);
}

TEST_CASE("a frozen node takes connections and says nothing until it thaws")
{
    FakeCluster cluster;
    Started client{cluster};
    cluster.freeze(0);
    client.ask(Query{"SELECT 1"}, 3);
    RawClient second{cluster};
    second.ask(Options{});
    CHECK(client.is_silent());
    CHECK(second.is_silent());
    CHECK(cluster.count(requests(Opcode::query)) == 0);
    cluster.thaw(0);
    CHECK(Heard{client.frame()}.header.stream == 3);
    CHECK(Heard{second.frame()}.header.opcode == Opcode::supported);

    cluster.freeze(0, Frozen::answering);
    client.ask(Query{"SELECT 1"}, 4);
    CHECK(cluster.await(requests(Opcode::query), 2));
    CHECK(client.is_silent());
    cluster.thaw(0);
    CHECK(Heard{client.frame()}.header.stream == 4);
}

TEST_CASE("all connections of a node can be closed or reset")
{
    FakeCluster cluster;
    Started closed{cluster};
    cluster.close_connections(0);
    CHECK(closed.end() == RawClient::End::closed);
    Started reset{cluster};
    cluster.reset_connections(0);
    CHECK(reset.end() == RawClient::End::reset);
}
