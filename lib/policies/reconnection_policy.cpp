#include <algorithm>
#include <coodie/random_numbers.hpp>
#include <coodie/reconnection_policy.hpp>
#include <random>
#include <utility>

namespace coodie {

namespace {

using Delay = std::chrono::milliseconds;

class ConstantSchedule final : public ReconnectionSchedule
{
public:
    explicit ConstantSchedule(Delay delay) noexcept : delay_{delay} {}
    Delay next() override { return std::exchange(is_first_, false) ? Delay{0} : delay_; }

private:
    Delay delay_;
    bool is_first_ = true;
};

class ExponentialSchedule final : public ReconnectionSchedule
{
public:
    ExponentialSchedule(Delay first, Delay longest, std::uint64_t seed) noexcept
        : limit_{first}, longest_{longest}, random_{seed}
    {
    }
    Delay next() override
    {
        if (std::exchange(is_first_, false))
            return Delay{0};
        const auto limit = limit_;
        limit_ = limit_ > longest_ / 2 ? longest_ : limit_ * 2;
        return Delay{std::uniform_int_distribution<Delay::rep>{0, limit.count()}(random_)};
    }

private:
    Delay limit_;
    Delay longest_;
    RandomNumbers random_;
    bool is_first_ = true;
};

}

ReconnectionSchedule::~ReconnectionSchedule() = default;
ReconnectionPolicy::~ReconnectionPolicy() = default;

ConstantReconnection::ConstantReconnection(Delay delay) noexcept : delay_{std::max(delay, Delay{0})} {}

std::unique_ptr<ReconnectionSchedule> ConstantReconnection::schedule(std::uint64_t) const
{
    return std::make_unique<ConstantSchedule>(delay_);
}

ExponentialReconnection::ExponentialReconnection(Delay first, Delay longest) noexcept
    : first_{std::max(first, Delay{1})}, longest_{std::max(longest, first_)}
{
}

std::unique_ptr<ReconnectionSchedule> ExponentialReconnection::schedule(std::uint64_t seed) const
{
    return std::make_unique<ExponentialSchedule>(first_, longest_, seed);
}

}
