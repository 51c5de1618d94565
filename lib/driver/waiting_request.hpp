#pragma once

#include "lib/base/timer_wheel.hpp"
#include "lib/session/settings.hpp"
#include <coodie/driver.hpp>
#include <variant>

namespace coodie::detail {

/// What was asked of a driver before it was connected.
struct WaitingRequest
{
    std::variant<Statement, Batch> asked;
    RowsHandler handler;
    Clock::time_point due = Clock::time_point::max();

    /// From now on it has the time that its options or its profile give it. When that is over.
    Clock::time_point limit(const Settings& settings);
    bool is_limited() const noexcept { return due != Clock::time_point::max(); }
    bool is_late() const noexcept { return Clock::now() >= due; }
    /// With what is left of its time.
    void start(AbstractDriver& driver);
};

}
