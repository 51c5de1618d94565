#include "lib/pool/retry_schedule.hpp"

#include <random>

namespace coodie::detail {

RetrySchedule::RetrySchedule(LoopState& loop, const ReconnectionPolicy& policy) noexcept : loop_{loop}
{
    try {
        schedule_ = policy.schedule(std::random_device{}());
    } catch (...) {
        fall_back();
    }
    if (!schedule_)
        schedule_ = usual();
}

std::chrono::milliseconds RetrySchedule::next() noexcept
{
    try {
        return bounded(schedule_->next());
    } catch (...) {
        fall_back();
    }
    return schedule_->next();
}

std::unique_ptr<ReconnectionSchedule> RetrySchedule::usual()
{
    return ExponentialReconnection{}.schedule(std::random_device{}());
}

void RetrySchedule::fall_back() noexcept
{
    loop_.rethrow_later(std::current_exception());
    schedule_ = usual();
}

}
