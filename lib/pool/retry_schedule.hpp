#pragma once

#include "lib/base/loop_state.hpp"
#include <coodie/reconnection_policy.hpp>

namespace coodie::detail {

/// When to try again during one outage: as the policy says. What that throws is told to whoever runs the loop, and from
/// then on delays are those of ExponentialReconnection.
class RetrySchedule
{
public:
    /// The loop lives longer.
    RetrySchedule(LoopState& loop, const ReconnectionPolicy& policy) noexcept;

    std::chrono::milliseconds next() noexcept;

private:
    static std::unique_ptr<ReconnectionSchedule> usual();
    void fall_back() noexcept;

    LoopState& loop_;
    std::unique_ptr<ReconnectionSchedule> schedule_; ///< never null
};

}
