#include <algorithm>
#include <atomic>
#include <chrono>
#include <coodie/error.hpp>
#include <coodie/time_uuid.hpp>
#include <cstring>
#include <pthread.h>
#include <sys/random.h>

namespace coodie {

namespace {

/// Counts forks: what a child inherits must not be used again by it.
std::atomic<unsigned> generation{1};
[[maybe_unused]] const int watching = pthread_atfork(nullptr, nullptr, [] { generation.fetch_add(1); });

/// Random bytes of one thread, asked from the system in portions.
class RandomBytes
{
public:
    void take(std::span<std::byte, 16> out)
    {
        if (left_ < out.size() || made_in_ != generation.load(std::memory_order_relaxed))
            refill();
        left_ -= out.size();
        std::memcpy(out.data(), bytes_.data() + left_, out.size());
        std::memset(bytes_.data() + left_, 0, out.size());
    }

private:
    void refill()
    {
        if (getentropy(bytes_.data(), bytes_.size()) != 0)
            Error{errc::configuration, "the system gives no random bytes for a UUID (getentropy failed)"}.raise();
        left_ = bytes_.size();
        made_in_ = generation.load(std::memory_order_relaxed);
    }

    std::array<std::byte, 256> bytes_{};
    std::size_t left_ = 0;
    unsigned made_in_ = 0;
};

thread_local RandomBytes random_bytes;

/// The half of a version 1 UUID that tells processes apart: 14 random bits of clock sequence, 47 of node and the
/// multicast bit, which no network card has.
std::uint64_t random_low_half()
{
    std::array<std::byte, 16> random;
    random_bytes.take(random);
    const auto bits = detail::load_integer<std::uint64_t>(random.data());
    return (bits & 0x3FFF'FFFF'FFFF'FFFFU) | 0x8000'0100'0000'0000U;
}

/// The low half of this process; a forked child gets its own.
std::uint64_t low_half()
{
    static std::atomic<std::uint64_t> low{0};
    static std::atomic<unsigned> made_in{0};
    const auto now = generation.load(std::memory_order_relaxed);
    if (made_in.load(std::memory_order_acquire) != now) {
        low.store(random_low_half(), std::memory_order_relaxed);
        made_in.store(now, std::memory_order_release);
    }
    return low.load(std::memory_order_relaxed);
}

/// Steps of 100 ns, each given once: later than all before, and the clock's where it has moved on.
std::uint64_t next_ticks()
{
    static std::atomic<std::uint64_t> last{0};
    using Ticks = std::chrono::duration<std::int64_t, std::ratio<1, 10'000'000>>;
    const auto since_1970 = std::chrono::system_clock::now().time_since_epoch();
    const auto now =
        static_cast<std::uint64_t>(std::chrono::duration_cast<Ticks>(since_1970).count()) + TimeUuid::ticks_at_1970;
    auto before = last.load(std::memory_order_relaxed);
    auto next = std::max(now, before + 1);
    while (!last.compare_exchange_weak(before, next, std::memory_order_relaxed))
        next = std::max(now, before + 1);
    return next;
}

}

Uuid Uuid::random()
{
    Uuid uuid;
    random_bytes.take(uuid.bytes);
    uuid.bytes[6] = (uuid.bytes[6] & std::byte{0x0F}) | std::byte{0x40};
    uuid.bytes[8] = (uuid.bytes[8] & std::byte{0x3F}) | std::byte{0x80};
    return uuid;
}

TimeUuid TimeUuid::now()
{
    return of(next_ticks(), low_half());
}

Timestamp current_timestamp() noexcept
{
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

}
