#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace load {

using Clock = std::chrono::steady_clock;

/// How many requests were acknowledged when, and what happened meanwhile.
class Pace
{
public:
    static constexpr std::chrono::milliseconds slice{100};

    void start(Clock::time_point now) { begin_ = now; }
    void acknowledged(Clock::time_point now);
    void mark(std::string event, Clock::time_point now) { marks_.push_back({std::move(event), slice_of(now)}); }

    std::uint64_t total() const { return total_; }
    /// A line for each mark: how long the throughput stayed below half of what it was before.
    std::vector<std::string> report() const;

private:
    struct Mark
    {
        std::string event;
        std::size_t at;
    };
    std::size_t slice_of(Clock::time_point now) const { return static_cast<std::size_t>((now - begin_) / slice); }
    double mean(std::size_t from, std::size_t to) const;
    std::string report(const Mark& mark, std::size_t end) const;

    Clock::time_point begin_ = Clock::now();
    std::uint64_t total_ = 0;
    std::vector<std::uint32_t> counts_; ///< by slice
    std::vector<Mark> marks_;
};

}
