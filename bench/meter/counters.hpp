#pragma once

#include <cstdint>
#include <optional>

namespace bench {

/// What a process has spent so far.
struct Usage
{
    std::int64_t wall_ns;
    std::int64_t user_ns;
    std::int64_t system_ns;
};

Usage usage();

/// Counts of the whole process, all threads. A counter that this process cannot have is empty: allocations need
/// `count_allocations` preloaded, system calls the tracepoint whose number is in BENCH_SYS_ENTER, instructions a
/// processor that counts them. They are read only where they were asked for, since counting costs time.
class Counters
{
public:
    Counters();
    ~Counters();
    Counters(const Counters&) = delete;
    Counters& operator=(const Counters&) = delete;

    std::optional<std::uint64_t> allocations() const;
    std::optional<std::uint64_t> allocated_bytes() const;
    std::optional<std::uint64_t> syscalls() const;
    std::optional<std::uint64_t> instructions() const;

private:
    int syscalls_ = -1;
    int instructions_ = -1;
};

}
