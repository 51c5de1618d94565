#include "raw_client.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <thread>

using namespace coodie;
using namespace coodie::testing;
using namespace std::chrono_literals;
using protocol::Query;

TEST_CASE("a recorded request is what was sent, byte for byte, and what it says")
{
    FakeCluster cluster{{.nodes = 2}};
    RawClient client{cluster, 1};
    client.start();
    ValueBuffer values;
    values.add(7, std::optional<int>{}, unset);
    Query query{"SELECT a FROM ks.t WHERE b = ?",
                {.consistency = Consistency::quorum, .values = values, .page_size = 10, .timestamp = 99}};
    const auto frame = protocol::frame_of(query, 300, protocol::flag::tracing);
    client.send(frame);
    const Heard heard{client.frame()};
    const auto seen = cluster.recorded(requests(Opcode::query));
    REQUIRE(seen.size() == 1);
    CHECK(seen[0].frame == frame);
    CHECK(seen[0].body == std::vector(frame.begin() + 9, frame.end()));
    CHECK(seen[0].node == 1);
    CHECK(seen[0].connection == 0);
    CHECK(seen[0].stream == 300);
    CHECK(seen[0].tracing);
    CHECK(seen[0].cql == std::vector<std::string>{"SELECT a FROM ks.t WHERE b = ?"});
    CHECK(seen[0].values.count() == 3);
    CHECK(std::ranges::equal(seen[0].values.bytes(), values.bytes()));
    CHECK(seen[0].consistency == Consistency::quorum);
    CHECK(seen[0].page_size == 10);
    CHECK(seen[0].timestamp == 99);
    CHECK(seen[0].problem.empty());
}

TEST_CASE("frames are recorded alike however they are cut")
{
    FakeCluster cluster;
    RawClient client{cluster};
    client.start();
    const auto frame = protocol::frame_of(Query{"SELECT 1"}, 1);
    for (std::size_t cut = 1; cut != frame.size(); ++cut) {
        const auto middle = frame.begin() + static_cast<std::ptrdiff_t>(cut);
        client.send({frame.begin(), middle});
        std::this_thread::sleep_for(200us);
        client.send({middle, frame.end()});
        client.frame();
    }
    auto hundred = frame;
    for (int i = 1; i != 100; ++i)
        hundred.insert(hundred.end(), frame.begin(), frame.end());
    client.send(hundred);
    for (int i = 0; i != 100; ++i)
        client.frame();
    const auto seen = cluster.recorded(requests(Opcode::query));
    CHECK(seen.size() == frame.size() - 1 + 100);
    CHECK(std::ranges::all_of(seen, [&](const auto& request) { return request.frame == frame; }));
}

TEST_CASE("waiting ends when enough came, or when the time is over")
{
    FakeCluster cluster;
    RawClient client{cluster};
    CHECK_FALSE(cluster.await(requests(Opcode::startup), 1, 20ms));
    std::thread asking{[&] { client.start(); }};
    CHECK(cluster.await(requests(Opcode::startup)));
    asking.join();
    CHECK(cluster.recorded(requests(Opcode::startup)).at(0).startup.at("CQL_VERSION") == "3.0.0");
    cluster.forget_requests();
    CHECK(cluster.count() == 0);
}

TEST_CASE("the recorder keeps no more than it is told, the newest")
{
    FakeCluster cluster{{.recorded = 3}};
    RawClient client{cluster};
    client.start();
    for (const auto* text : {"a", "b", "c", "d"}) {
        client.ask(Query{text});
        client.frame();
    }
    CHECK(cluster.count() == 3);
    CHECK(cluster.recorded().front().cql.front() == "b");
}

TEST_CASE("what cannot be read is recorded with the reason, and refused")
{
    FakeCluster cluster;
    RawClient client{cluster};
    client.start();
    client.send({std::byte{4}, {}, {}, std::byte{1}, std::byte{7}, {}, {}, {}, std::byte{2}, std::byte{9}, {}});
    CHECK(Heard{client.frame()}.error() == errc::protocol_error);
    const auto seen = cluster.recorded(requests(Opcode::query));
    REQUIRE(seen.size() == 1);
    CHECK_FALSE(seen[0].problem.empty());
}
