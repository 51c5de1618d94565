#pragma once

#include <cstdint>

/// Null unless `count_allocations` is preloaded into the process.
extern "C" {
[[gnu::weak]] std::uint64_t bench_allocations();
[[gnu::weak]] std::uint64_t bench_allocated_bytes();
}
