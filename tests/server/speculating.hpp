#pragma once

#include "ring.hpp"

#include <algorithm>

// Sessions that ask several hosts at once.

inline coodie::SessionOptions
speculating(const coodie::testing::FakeCluster& cluster,
            coodie::SpeculativeExecutionPolicy::Duration delay = std::chrono::milliseconds{20}, unsigned most = 2)
{
    auto options = options_for(cluster);
    options.speculative_execution_policy = std::make_shared<coodie::ConstantSpeculativeExecution>(delay, most);
    return options;
}

/// Of the only row's only column.
inline int value(const coodie::Rows& rows)
{
    REQUIRE(rows.size() == 1);
    return (*rows.begin())[0].as<int>();
}

/// The hosts that failed, sorted.
inline std::vector<std::string> tried(const coodie::Error& error)
{
    std::vector<std::string> hosts;
    for (const auto& attempt : error.attempts())
        hosts.push_back(attempt.host);
    std::ranges::sort(hosts);
    return hosts;
}
