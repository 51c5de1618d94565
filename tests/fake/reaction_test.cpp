#include "raw_client.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <lib/routing/tablet.hpp>

using namespace coodie;
using namespace coodie::testing;
using namespace std::chrono_literals;
using protocol::Query;
using Clock = std::chrono::steady_clock;

namespace {

const Query question{"SELECT 1"};
const auto answer_bytes = protocol::frame_of(protocol::ResultResponse{protocol::VoidResult{}}, 5);

/// A client that finished its handshake and asked one question on stream 5.
struct Asking
{
    explicit Asking(const FakeCluster& cluster) : client{cluster}
    {
        client.start();
        client.ask(question, 5);
    }
    RawClient client;
};

}

TEST_CASE("an answer is the message that the rule has, on the stream of the request")
{
    FakeCluster cluster;
    cluster.on(Opcode::query)
        .reply(error(errc::unavailable, "two are down", UnavailableFields{Consistency::all, 3, 1}));
    Asking asking{cluster};
    const Heard heard{asking.client.frame()};
    CHECK(heard.header.stream == 5);
    CHECK(heard.error() == errc::unavailable);
    CHECK(std::get<UnavailableFields>(heard.as<protocol::ErrorResponse>().fields).required == 3);
}

TEST_CASE("what an answer brings beside its message stands in front of it")
{
    FakeCluster cluster;
    const auto id = Uuid::random();
    cluster.on(Opcode::query)
        .reply(Answer{rows({"n"}, row(1))}.warning("slow").payload("key", blob("value")).traced(id));
    Asking asking{cluster};
    const Heard heard{asking.client.frame()};
    const auto& prefix = heard.response.prefix;
    CHECK(prefix.tracing_id == id);
    CHECK(prefix.warnings == protocol::StringList{"slow"});
    REQUIRE(prefix.custom_payload.has_value());
    CHECK(prefix.custom_payload->front().first == "key");
    CHECK(heard.result<protocol::RowsResult>().rows == 1);
}

TEST_CASE("a tablet's payload is what Scylla's clients read")
{
    FakeCluster cluster;
    const auto host = cluster.host_id(0);
    cluster.on(Opcode::query).reply(void_answer().tablet(-5, 7, {{host, 3}}));
    Asking asking{cluster};
    const Heard heard{asking.client.frame()};
    REQUIRE(heard.response.prefix.custom_payload.has_value());
    const auto& [key, value] = heard.response.prefix.custom_payload->front();
    CHECK(key == "tablets-routing-v1");
    const auto tablet = routing::parse_tablet(value.bytes());
    REQUIRE(tablet);
    CHECK(tablet->last == Token{7});
    CHECK(tablet->replicas == std::vector<routing::TabletReplica>{{host, 3}});
}

TEST_CASE("an answer is made from the request where a rule has a function")
{
    FakeCluster cluster;
    cluster.on(Opcode::query).reply([](const RecordedRequest& request) {
        return error(errc::invalid_request, "not '" + request.cql.front() + "'");
    });
    Asking asking{cluster};
    const Heard heard{asking.client.frame()};
    CHECK(heard.as<protocol::ErrorResponse>().message == "not 'SELECT 1'");
}

TEST_CASE("a rule that only waits leaves the answer as it is")
{
    FakeCluster cluster;
    cluster.on(Opcode::query).after(30ms);
    const auto start = Clock::now();
    Asking asking{cluster};
    CHECK(asking.client.frame() == answer_bytes);
    CHECK(Clock::now() - start >= 30ms);
}

TEST_CASE("a request that waits does not hold back those behind it")
{
    FakeCluster cluster;
    cluster.on(Opcode::query).times(1).after(50ms);
    Asking asking{cluster};
    asking.client.ask(question, 6);
    CHECK(Heard{asking.client.frame()}.header.stream == 6);
    CHECK(Heard{asking.client.frame()}.header.stream == 5);
}

TEST_CASE("a dropped request gets no answer, and its connection lives")
{
    FakeCluster cluster;
    cluster.on(Opcode::query).times(1).drop();
    Asking asking{cluster};
    CHECK(asking.client.is_silent());
    asking.client.ask(question, 6);
    CHECK(Heard{asking.client.frame()}.header.stream == 6);
}

TEST_CASE("connections end in the way that the rule names")
{
    FakeCluster cluster;
    cluster.on(Opcode::query).times(1).close();
    CHECK(Asking{cluster}.client.end() == RawClient::End::closed);
    cluster.on(Opcode::query).times(1).reset();
    CHECK(Asking{cluster}.client.end() == RawClient::End::reset);
    cluster.on(Opcode::query).reply(void_answer()).close();
    Asking answered{cluster};
    CHECK(answered.client.frame() == answer_bytes);
    CHECK(answered.client.end() == RawClient::End::closed);
    CHECK(cluster.await_connections(0, 0));
    CHECK(cluster.accepted(0) == 3);
}

TEST_CASE("a frozen connection says nothing any more, and others do")
{
    FakeCluster cluster;
    cluster.on(Opcode::query).times(1).freeze();
    Asking frozen{cluster};
    frozen.client.ask(question, 6);
    CHECK(frozen.client.is_silent());
    CHECK(Asking{cluster}.client.frame() == answer_bytes);
    CHECK(cluster.count(requests(Opcode::query)) == 2);
}

TEST_CASE("forged bytes travel as they stand")
{
    FakeCluster cluster;
    cluster.on(Opcode::query).forge("HTTP/1.1 400 Bad Request\r\n\r\n").close();
    Asking asking{cluster};
    CHECK(asking.client.read(100) == blob("HTTP/1.1 400 Bad Request\r\n\r\n"));
}

TEST_CASE("a delivery spoils what it says and nothing else")
{
    struct Example
    {
        const char* name;
        Rule rule;
        std::size_t place; ///< of the bytes that differ
        std::vector<std::byte> bytes;
    };
    const auto wrong = [](auto... values) { return std::vector{static_cast<std::byte>(values)...}; };
    const Example examples[]{
        {"another stream", testing::on(Opcode::query).on_stream(77), 2, wrong(0, 77)},
        {"another version", testing::on(Opcode::query).in_version(0x83), 0, wrong(0x83)},
        {"a lying length", testing::on(Opcode::query).claiming(-1), 5, wrong(255, 255, 255, 255)},
        {"a flipped byte", testing::on(Opcode::query).corrupted(3), 12, wrong(254)},
    };
    for (const auto& example : examples) {
        CAPTURE(example.name);
        FakeCluster cluster;
        cluster.add_rule(example.rule);
        auto expected = answer_bytes;
        std::ranges::copy(example.bytes, expected.begin() + static_cast<std::ptrdiff_t>(example.place));
        CHECK(Asking{cluster}.client.read(expected.size()) == expected);
    }
}

TEST_CASE("a frame is cut short, dribbled or sent twice")
{
    FakeCluster cluster;
    cluster.on(Opcode::query).times(1).reply_normally().cut_after(11).close();
    CHECK(Asking{cluster}.client.read(100).size() == 11);

    cluster.on(Opcode::query).times(1).twice();
    Asking twice{cluster};
    CHECK(twice.client.frame() == answer_bytes);
    CHECK(twice.client.frame() == answer_bytes);

    cluster.on(Opcode::query).times(1).dribbled(1, 5ms);
    const auto start = Clock::now();
    Asking slow{cluster};
    CHECK(slow.client.frame() == answer_bytes);
    CHECK(Clock::now() - start >= 5ms * (answer_bytes.size() - 1));
}

TEST_CASE("held answers come in the order in which they are released")
{
    FakeCluster cluster;
    cluster.on(Opcode::query).held();
    Asking asking{cluster};
    asking.client.ask(question, 6);
    REQUIRE(cluster.await(requests(Opcode::query), 2));
    CHECK(asking.client.is_silent());
    CHECK(cluster.held() == 2);
    cluster.release_backwards();
    CHECK(Heard{asking.client.frame()}.header.stream == 6);
    CHECK(Heard{asking.client.frame()}.header.stream == 5);
    CHECK(cluster.held() == 0);
}

TEST_CASE("steps are taken in the order in which they were said")
{
    FakeCluster cluster;
    int runs = 0;
    cluster.on(Opcode::query)
        .run([&](const RecordedRequest&) { ++runs; })
        .reply(error(errc::server_error, "first"))
        .wait(20ms)
        .reply(void_answer());
    Asking asking{cluster};
    CHECK(Heard{asking.client.frame()}.error() == errc::server_error);
    CHECK(asking.client.frame() == answer_bytes);
    CHECK(runs == 1);
}
