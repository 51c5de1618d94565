#pragma once

#include "cluster_session.hpp"

#include <doctest/doctest.h>
#include <thread>

// A cluster of three nodes of which everybody knows who has which row, and sessions that use all of it.

/// The last token of each node's range.
inline constexpr std::int64_t ends_of_ranges[]{-3'000'000'000'000'000'000, 3'000'000'000'000'000'000, INT64_MAX};

/// Three nodes, and a table ks.t (id int PRIMARY KEY, n int).
inline coodie::testing::FakeClusterOptions ring(int replication_factor = 1)
{
    using namespace coodie::testing;
    Nodes nodes = 0;
    for (const auto end : ends_of_ranges)
        nodes.push_back({.tokens = {std::to_string(end)}});
    auto keyspace = FakeKeyspace::simple("ks", replication_factor);
    keyspace.tables = {table("t", {{"id", "int"}, {"n", "int"}})};
    return {.nodes = nodes, .schema = {keyspace}};
}

/// The node whose range holds the token.
inline std::size_t owner(std::optional<coodie::Token> token)
{
    REQUIRE(token);
    std::size_t node = 0;
    while (static_cast<std::int64_t>(*token) > ends_of_ranges[node])
        ++node;
    return node;
}

/// Does something until it was of use.
template <class Attempt, class Done> void until(Attempt attempt, Done done)
{
    REQUIRE(becomes_true([&] {
        if (done())
            return true;
        attempt();
        return false;
    }));
}

/// A session that has a connection to each of these nodes.
inline coodie::Session connect(coodie::testing::FakeCluster& cluster, const coodie::SessionOptions& options,
                               std::vector<std::size_t> nodes = {0, 1, 2})
{
    using namespace coodie::testing;
    auto session = coodie::Session::connect(options);
    for (const auto node : nodes)
        until([&] { session.execute("SELECT of mine"); },
              [&] { return cluster.count(requests(coodie::Opcode::query).at(node).containing("of mine")) != 0; });
    return session;
}

/// How many of these requests each node got.
inline std::vector<std::size_t> counts(const coodie::testing::FakeCluster& cluster, coodie::testing::Requests which)
{
    std::vector<std::size_t> found;
    for (std::size_t node = 0; node != cluster.size(); ++node)
        found.push_back(cluster.count(which.at(node)));
    return found;
}
