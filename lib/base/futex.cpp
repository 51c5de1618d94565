#include "lib/base/futex.hpp"

#include <cerrno>
#include <linux/futex.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

namespace coodie::detail {

static_assert(sizeof(std::atomic<std::uint32_t>) == sizeof(std::uint32_t));

bool futex_wait(const std::atomic<std::uint32_t>& word, std::uint32_t expected,
                std::optional<std::chrono::nanoseconds> at_most) noexcept
{
    timespec time{};
    if (at_most) {
        const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(*at_most);
        time.tv_sec = seconds.count();
        time.tv_nsec = (*at_most - seconds).count();
    }
    const auto result =
        ::syscall(SYS_futex, &word, FUTEX_WAIT_PRIVATE, expected, at_most ? &time : nullptr, nullptr, 0);
    return result == 0 || errno != ETIMEDOUT;
}

void futex_wake(const std::atomic<std::uint32_t>* word) noexcept
{
    ::syscall(SYS_futex, word, FUTEX_WAKE_PRIVATE, 1, nullptr, nullptr, 0);
}

}
