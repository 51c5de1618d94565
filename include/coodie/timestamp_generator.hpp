#pragma once

#include <atomic>
#include <chrono>
#include <coodie/export.hpp>
#include <functional>
#include <optional>

namespace coodie {

/// Which timestamp a write gets that names none.
/// Threads: called on any thread, several at once.
class COODIE_API TimestampGenerator
{
public:
    virtual ~TimestampGenerator();
    /// Microseconds since 1970; none: the server's own.
    virtual std::optional<std::int64_t> next() = 0;
};

/// The node that takes the request dates it.
class COODIE_API ServerSideTimestamps final : public TimestampGenerator
{
public:
    std::optional<std::int64_t> next() override;
};

struct MonotonicTimestampsOptions
{
    /// Called, on the thread that asks for a timestamp, when they run ahead of the clock by more than `tolerated`: more
    /// than one a microsecond for long, or the clock was set back. Must not throw.
    std::function<void(std::chrono::microseconds ahead)> on_skew = {};
    std::chrono::microseconds tolerated = std::chrono::seconds{1};
    std::chrono::microseconds between_warnings = std::chrono::seconds{1};
    std::function<std::int64_t()> clock = {}; ///< microseconds since 1970; empty: the system's
};

/// The client's clock, but each timestamp is greater than all before it, on whichever thread: a later write of one
/// client always wins. Lock-free.
class COODIE_API MonotonicTimestamps final : public TimestampGenerator
{
public:
    explicit MonotonicTimestamps(MonotonicTimestampsOptions options = {});
    std::optional<std::int64_t> next() override;

private:
    void warn(std::int64_t now, std::int64_t ahead);

    MonotonicTimestampsOptions options_;
    std::atomic<std::int64_t> last_;
    std::atomic<std::int64_t> warned_;
};

}
