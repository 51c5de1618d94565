#include <algorithm>
#include <coodie/timestamp_generator.hpp>
#include <cstdlib>
#include <limits>

namespace coodie {

namespace {

std::int64_t system_clock()
{
    const auto since_1970 = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::microseconds>(since_1970).count();
}

constexpr auto never = std::numeric_limits<std::int64_t>::min();

}

TimestampGenerator::~TimestampGenerator() = default;

std::optional<std::int64_t> ServerSideTimestamps::next()
{
    return {};
}

MonotonicTimestamps::MonotonicTimestamps(MonotonicTimestampsOptions options)
    : options_{std::move(options)}, last_{never}, warned_{never}
{
    if (!options_.clock)
        options_.clock = system_clock;
}

std::optional<std::int64_t> MonotonicTimestamps::next()
{
    const auto now = options_.clock();
    auto last = last_.load(std::memory_order_relaxed);
    std::int64_t timestamp = 0;
    do
        timestamp = std::max(now, last + 1);
    while (!last_.compare_exchange_weak(last, timestamp, std::memory_order_relaxed));
    if (timestamp - now > options_.tolerated.count())
        warn(now, timestamp - now);
    return timestamp;
}

void MonotonicTimestamps::warn(std::int64_t now, std::int64_t ahead)
{
    auto warned = warned_.load(std::memory_order_relaxed);
    // The clock may have been set back far behind the last warning: distance counts, not order.
    const bool lately = warned != never && std::abs(now - warned) < options_.between_warnings.count();
    if (lately || !options_.on_skew || !warned_.compare_exchange_strong(warned, now, std::memory_order_relaxed))
        return;
    options_.on_skew(std::chrono::microseconds{ahead});
}

}
