#pragma once

#include <coodie/export.hpp>
#include <cstdint>
#include <functional>
#include <string_view>

namespace coodie {

enum class LogLevel : std::uint8_t
{
    error,   ///< something is out of use until somebody acts
    warning, ///< something is wrong, and the session goes on: a host is down, a connection lost, a request timed out
    info,    ///< the cluster or the session changed: connected, a host is there, up or gone, another keyspace, the end
    debug,   ///< each connection, each attempt that failed and what follows, statements that a host forgot
};

/// "error", "warning" ...
COODIE_API std::string_view name_of(LogLevel level) noexcept;

/// Gets the session's log, a line at a time and without its end. A line never holds a bound value or a secret, and
/// lines that repeat themselves are bounded in number.
/// Threads: called on any, several at once. It must not block, throw or use the session.
using LogSink = std::function<void(LogLevel level, std::string_view line)>;

}
