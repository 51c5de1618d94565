#pragma once

#include "session.hpp"

#include <coodie/async.hpp>
#include <coodie/testing/fake_cluster.hpp>

/// Options for a session that finds the others through the cluster's first node, impatient enough for tests.
inline coodie::SessionOptions options_for(const coodie::testing::FakeCluster& cluster)
{
    coodie::SessionOptions options{.hosts = {cluster.contact_points().front()}};
    options.reconnection_policy = std::make_shared<coodie::ConstantReconnection>(std::chrono::milliseconds{50});
    return options;
}

inline coodie::Statement idempotent(std::string cql)
{
    coodie::Statement statement{std::move(cql)};
    statement.options().idempotent = true;
    return statement;
}

/// Waits until it is so. Gives false when the time is over first.
template <class Condition>
[[nodiscard]] bool becomes_true(const Condition& condition,
                                std::chrono::milliseconds timeout = std::chrono::seconds{10})
{
    const auto end = std::chrono::steady_clock::now() + timeout;
    while (!condition()) {
        if (std::chrono::steady_clock::now() >= end)
            return false;
        std::this_thread::sleep_for(std::chrono::milliseconds{2});
    }
    return true;
}

/// Executes until the node has seen one of them.
inline bool reaches(coodie::Session& session, const coodie::testing::FakeCluster& cluster, std::size_t node)
{
    const auto seen = coodie::testing::requests(coodie::Opcode::query).at(node).containing("of mine");
    return becomes_true([&] {
        session.execute(idempotent("SELECT of mine"));
        return cluster.count(seen) != 0;
    });
}
