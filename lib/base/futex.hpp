#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <optional>

namespace coodie::detail {

/// Sleeps while `word` holds `expected`; may wake for no reason. False: the time passed.
bool futex_wait(const std::atomic<std::uint32_t>& word, std::uint32_t expected,
                std::optional<std::chrono::nanoseconds> at_most = {}) noexcept;

/// Wakes one sleeper by address alone: what stood there may be gone already.
void futex_wake(const std::atomic<std::uint32_t>* word) noexcept;

}
