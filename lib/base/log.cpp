#include "lib/base/log.hpp"

#include <utility>

namespace coodie {

std::string_view name_of(LogLevel level) noexcept
{
    switch (level) {
    case LogLevel::error: return "error";
    case LogLevel::warning: return "warning";
    case LogLevel::info: return "info";
    case LogLevel::debug: return "debug";
    }
    return "?";
}

namespace detail {

void Log::write(LogLevel level, std::string_view line, Clock::time_point now)
{
    if (!wants(level))
        return;
    const auto repeated = held_back(line, now);
    if (!repeated)
        return;
    if (*repeated == 0)
        return sink_(level, line);
    sink_(level, std::string{line} + " (and " + std::to_string(*repeated) + " times before this)");
}

std::optional<std::size_t> Log::held_back(std::string_view line, Clock::time_point now)
{
    const std::lock_guard lock{mutex_};
    const auto found = seen_.find(line);
    if (found == seen_.end()) {
        if (seen_.size() == max_remembered)
            seen_.clear();
        seen_.emplace(line, Seen{now});
        return 0;
    }
    auto& seen = found->second;
    if (now - seen.written < repeat_after) {
        ++seen.held_back;
        return std::nullopt;
    }
    seen.written = now;
    return std::exchange(seen.held_back, 0);
}

}

}
