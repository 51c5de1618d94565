#pragma once

#include <chrono>
#include <coodie/export.hpp>
#include <cstdint>
#include <memory>

namespace coodie {

/// When to try one node again: each call gives how long to wait before the next attempt.
class COODIE_API ReconnectionSchedule
{
public:
    virtual ~ReconnectionSchedule();
    virtual std::chrono::milliseconds next() = 0;
};

/// Makes a schedule for each node that was lost, independent of all others. A schedule is for one outage: it is dropped
/// when a connection has proved good, not as soon as one opens.
/// Threads: called on any loop, several at once.
class COODIE_API ReconnectionPolicy
{
public:
    virtual ~ReconnectionPolicy();
    /// `seed` is random: two schedules of one seed are equal.
    virtual std::unique_ptr<ReconnectionSchedule> schedule(std::uint64_t seed) const = 0;
};

/// At once, then always after the same delay.
class COODIE_API ConstantReconnection final : public ReconnectionPolicy
{
public:
    explicit ConstantReconnection(std::chrono::milliseconds delay) noexcept;
    std::unique_ptr<ReconnectionSchedule> schedule(std::uint64_t seed) const override;

private:
    std::chrono::milliseconds delay_;
};

/// At once, then after a random part of a delay that doubles up to a limit: clients that lost a node together do not
/// come back together.
class COODIE_API ExponentialReconnection final : public ReconnectionPolicy
{
public:
    /// A `longest` that is shorter than `first` counts as `first`; both are at least a millisecond.
    explicit ExponentialReconnection(std::chrono::milliseconds first = std::chrono::seconds{1},
                                     std::chrono::milliseconds longest = std::chrono::minutes{1}) noexcept;
    std::unique_ptr<ReconnectionSchedule> schedule(std::uint64_t seed) const override;

private:
    std::chrono::milliseconds first_;
    std::chrono::milliseconds longest_;
};

}
