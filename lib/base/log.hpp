#pragma once

#include "lib/base/timer_wheel.hpp"
#include <coodie/log.hpp>
#include <map>
#include <mutex>
#include <optional>
#include <string>

namespace coodie::detail {

/// Where a session's lines go. What repeats itself is written once, and then at most once in a while, with how often
/// it came meanwhile. Control characters are written as blanks.
/// Threads: any.
class Log
{
public:
    static constexpr std::chrono::seconds repeat_after{10};
    static constexpr std::size_t max_remembered = 256;

    Log() = default;
    Log(LogSink sink, LogLevel level) : sink_{std::move(sink)}, level_{level} {}

    bool wants(LogLevel level) const noexcept { return sink_ && level <= level_; }
    void write(LogLevel level, std::string_view line, Clock::time_point now = Clock::now());

private:
    void write_clean(LogLevel level, std::string_view line, Clock::time_point now);

    struct Seen
    {
        Clock::time_point written;
        std::size_t held_back = 0;
    };

    /// How often the line was held back since it was written last; none: it is held back now.
    std::optional<std::size_t> held_back(std::string_view line, Clock::time_point now);

    LogSink sink_;
    LogLevel level_ = LogLevel::info;
    std::mutex mutex_;
    std::map<std::string, Seen, std::less<>> seen_;
};

}
