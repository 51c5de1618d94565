#include "lib/base/log.hpp"

#include <algorithm>
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

namespace {

bool is_control(char c) noexcept
{
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7F;
}

}

/// What servers say is part of many lines: it shall not begin one of its own, nor speak to a terminal.
void Log::write(LogLevel level, std::string_view line, Clock::time_point now)
{
    if (!wants(level))
        return;
    if (std::ranges::none_of(line, is_control))
        return write_clean(level, line, now);
    std::string clean{line};
    std::ranges::replace_if(clean, is_control, ' ');
    write_clean(level, clean, now);
}

void Log::write_clean(LogLevel level, std::string_view line, Clock::time_point now)
{
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
