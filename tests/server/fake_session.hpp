#pragma once

#include "tests/error_of.hpp"
#include <coodie/policies.hpp>
#include <coodie/session.hpp>
#include <coodie/testing/fake_cluster.hpp>
#include <thread>

/// Options for a fake cluster, impatient enough for tests.
inline coodie::SessionOptions options_for(const coodie::testing::FakeCluster& cluster)
{
    coodie::SessionOptions options{.hosts = {cluster.contact_points().front()}};
    options.reconnection_policy = std::make_shared<coodie::ConstantReconnection>(std::chrono::milliseconds{50});
    return options;
}

/// Waits until it is so; false: not in ten seconds.
template <class Condition> [[nodiscard]] bool eventually(const Condition& condition)
{
    for (const auto end = std::chrono::steady_clock::now() + std::chrono::seconds{10};
         std::chrono::steady_clock::now() < end; std::this_thread::sleep_for(std::chrono::milliseconds{2}))
        if (condition())
            return true;
    return false;
}
