#pragma once

#include "tests/error_of.hpp"
#include <atomic>
#include <coodie/policies.hpp>
#include <coodie/session.hpp>
#include <coodie/testing/fake_cluster.hpp>
#include <doctest/doctest.h>
#include <lib/routing/shard.hpp>
#include <protocol/routing_key.hpp>
#include <thread>

// Nodes of shards with one table, and where its rows live on them.

namespace scylla {

using namespace coodie;
using namespace coodie::testing;
using namespace std::chrono_literals;

inline constexpr auto insert_text = "INSERT INTO ks.t (id, n) VALUES (?, ?)";
inline constexpr std::int64_t ends_of_ranges[]{-3'000'000'000'000'000'000, 3'000'000'000'000'000'000, INT64_MAX};
inline constexpr std::uint16_t key[]{0};

inline FakeKeyspace keyspace_of(int replication_factor)
{
    auto keyspace = FakeKeyspace::simple("ks", replication_factor);
    keyspace.tables = {testing::table("t", {{"id", "int"}, {"n", "int"}})};
    return keyspace;
}

inline FakeClusterOptions sharded(std::size_t nodes, std::uint16_t shards, int replication_factor = 1)
{
    Nodes made = 0;
    for (std::size_t n = 0; n != nodes; ++n)
        made.push_back({.tokens = {std::to_string(ends_of_ranges[n])}, .shards = shards});
    return {.nodes = made, .schema = {keyspace_of(replication_factor)}};
}

inline void prime(FakeCluster& cluster)
{
    cluster.prime(
        primed(insert_text).binding({column("id", "int", "ks", "t"), column("n", "int", "ks", "t")}).keyed_by({0}));
}

/// A session that has all its connections.
inline Session connect(FakeCluster& cluster, std::size_t shards, std::size_t loops = 1)
{
    SessionOptions options{.hosts = {cluster.contact_points().front()}, .threads = loops};
    options.reconnection_policy = std::make_shared<ConstantReconnection>(20ms);
    auto session = Session::connect(options);
    for (std::size_t node = 0; node != cluster.size(); ++node)
        REQUIRE(cluster.await_connections(node, shards * loops + (node == 0 ? 1 : 0)));
    for (const auto end = std::chrono::steady_clock::now() + 10s;
         session.execute("SELECT of mine"), cluster.count(requests(Opcode::query).containing("of mine")) < 10;)
        REQUIRE(std::chrono::steady_clock::now() < end);
    return session;
}

inline Token token_of(const RecordedRequest& request)
{
    return *protocol::routing_token(request.values, key);
}

inline std::size_t owner(Token token)
{
    std::size_t node = 0;
    while (static_cast<std::int64_t>(token) > ends_of_ranges[node])
        ++node;
    return node;
}

struct Place
{
    std::size_t node;
    std::uint16_t shard;
};
using PlaceOf = std::function<Place(Token)>;

/// By the ring, where the first node owns what lies behind the last token, and the node's own rule.
inline PlaceOf by_ring(std::size_t nodes, std::uint16_t shards)
{
    return [=](Token token) {
        return Place{owner(token) % nodes, routing::shard_of(token, {.shards = shards, .ignore_msb = 12})};
    };
}

inline PlaceOf always(std::size_t node, std::uint16_t shard)
{
    return [=](Token) { return Place{node, shard}; };
}

inline std::size_t elsewhere(const FakeCluster& cluster, const PlaceOf& place_of)
{
    std::size_t wrong = 0;
    for (const auto& request : cluster.recorded(requests(Opcode::execute))) {
        const auto place = place_of(token_of(request));
        wrong += request.node != place.node || request.shard != place.shard;
    }
    return wrong;
}

/// On threads of different loops.
inline void execute_many(Session& session, FakeCluster& cluster, const PreparedStatement& insert)
{
    cluster.forget_requests();
    std::atomic<int> failed{0};
    std::vector<std::thread> callers;
    for (int caller = 0; caller != 4; ++caller)
        callers.emplace_back([&, caller] {
            for (int n = caller; n < 60; n += 4)
                failed += error_of([&] { session.execute(insert.bind(n, n)); }) ? 1 : 0;
        });
    for (auto& caller : callers)
        caller.join();
    CHECK(failed == 0);
    CHECK(cluster.count(requests(Opcode::execute)) >= 60);
}

/// Until all of many requests go where they should; what was learned takes its time to come to all loops.
inline bool settles(Session& session, FakeCluster& cluster, const PreparedStatement& insert, const PlaceOf& place_of)
{
    for (const auto end = std::chrono::steady_clock::now() + 10s; std::chrono::steady_clock::now() < end;) {
        execute_many(session, cluster, insert);
        if (elsewhere(cluster, place_of) == 0)
            return true;
    }
    return false;
}

}
