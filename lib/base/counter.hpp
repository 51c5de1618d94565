#pragma once

#include <atomic>
#include <cstdint>

namespace coodie::detail {

/// A number that only the turns of one loop change and every thread may read. Costs what a plain number costs.
class Counter
{
public:
    std::uint64_t value() const noexcept { return value_.load(std::memory_order_relaxed); }
    void add(std::uint64_t more) noexcept { value_.store(value() + more, std::memory_order_relaxed); }
    void operator++() noexcept { add(1); }
    void operator--() noexcept { value_.store(value() - 1, std::memory_order_relaxed); }

private:
    std::atomic<std::uint64_t> value_{0};
};

}
