#include "counters.hpp"

#include "../counter/allocations.hpp"

#include <chrono>
#include <cstdlib>
#include <linux/perf_event.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace bench {
namespace {

std::int64_t nanoseconds(const timeval& t)
{
    return (std::int64_t{t.tv_sec} * 1'000'000 + t.tv_usec) * 1000;
}

/// A counter of this process and of every thread it makes from now on; -1 where there is none.
int open_counter(std::uint32_t type, std::uint64_t config, bool user_only)
{
    perf_event_attr attr{};
    attr.size = sizeof attr;
    attr.type = type;
    attr.config = config;
    attr.inherit = 1;
    attr.exclude_kernel = user_only ? 1 : 0;
    attr.exclude_hv = 1;
    return static_cast<int>(syscall(SYS_perf_event_open, &attr, 0, -1, -1, PERF_FLAG_FD_CLOEXEC));
}

std::optional<std::uint64_t> count(int counter)
{
    std::uint64_t n = 0;
    if (counter < 0 || read(counter, &n, sizeof n) != sizeof n)
        return std::nullopt;
    return n;
}

}

Usage usage()
{
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    const auto wall = std::chrono::steady_clock::now().time_since_epoch();
    return {std::chrono::nanoseconds(wall).count(), nanoseconds(used.ru_utime), nanoseconds(used.ru_stime)};
}

Counters::Counters()
{
    if (std::getenv("BENCH_COUNT") == nullptr)
        return;
    instructions_ = open_counter(PERF_TYPE_HARDWARE, PERF_COUNT_HW_INSTRUCTIONS, true);
    if (const char* tracepoint = std::getenv("BENCH_SYS_ENTER"))
        syscalls_ = open_counter(PERF_TYPE_TRACEPOINT, std::strtoull(tracepoint, nullptr, 10), false);
}

Counters::~Counters()
{
    for (const int counter : {syscalls_, instructions_})
        if (counter >= 0)
            close(counter);
}

std::optional<std::uint64_t> Counters::allocations() const
{
    return bench_allocations == nullptr ? std::nullopt : std::optional(bench_allocations());
}

std::optional<std::uint64_t> Counters::allocated_bytes() const
{
    return bench_allocated_bytes == nullptr ? std::nullopt : std::optional(bench_allocated_bytes());
}

std::optional<std::uint64_t> Counters::syscalls() const
{
    return count(syscalls_);
}

std::optional<std::uint64_t> Counters::instructions() const
{
    return count(instructions_);
}

}
