#pragma once

#include "cluster_session.hpp"

#include <algorithm>
#include <coodie/metrics.hpp>
#include <doctest/doctest.h>
#include <future>

// For tests of prepared statements on a fake cluster.

using namespace coodie;
using namespace coodie::testing;
using namespace std::chrono_literals;

inline constexpr auto select_name = "SELECT name FROM ks.users WHERE id = ?";

inline Primed name_of_user()
{
    return primed(select_name).binding({column("id", "int", "ks", "users")}).answered(rows({"name"}, row("Ann")));
}

inline Statement select_one()
{
    Statement statement{select_name, 1};
    statement.options().idempotent = true;
    return statement;
}

inline std::size_t prepares(const FakeCluster& cluster, std::size_t node, const std::string& text = "")
{
    return cluster.count(requests(Opcode::prepare).at(node).containing(text));
}
inline std::size_t executions(const FakeCluster& cluster, std::size_t node)
{
    return cluster.count(requests(Opcode::execute).at(node));
}

/// Threads take the loops of a session in turn.
template <class Call> void on_a_thread(Call&& call)
{
    std::async(std::launch::async, std::forward<Call>(call)).get();
}

/// Executes until each of the nodes was asked. Gives how often a node was asked in vain, because it did not know the
/// statement.
inline std::size_t execute_everywhere(Session& session, FakeCluster& cluster, const std::vector<std::size_t>& nodes)
{
    const auto before = cluster.count(requests(Opcode::execute));
    std::vector<std::size_t> seen;
    for (const auto node : nodes)
        seen.push_back(executions(cluster, node));
    std::size_t calls = 0;
    REQUIRE(becomes_true([&] {
        on_a_thread([&] { session.execute(select_one()); });
        ++calls;
        for (std::size_t n = 0; n != nodes.size(); ++n)
            if (executions(cluster, nodes[n]) == seen[n])
                return false;
        return true;
    }));
    return cluster.count(requests(Opcode::execute)) - before - calls;
}

inline bool is_prepared_on(const FakeCluster& cluster, const std::vector<std::size_t>& nodes,
                           const std::string& text = "")
{
    return becomes_true([&] {
        return std::ranges::all_of(nodes, [&](std::size_t node) { return prepares(cluster, node, text) != 0; });
    });
}

inline std::string name_in(const Rows& found)
{
    return found.front()["name"].as<std::string>();
}
