#pragma once

#include <coodie/calendar.hpp>
#include <coodie/consistency.hpp>
#include <coodie/inet.hpp>
#include <coodie/uuid.hpp>
#include <map>
#include <vector>

namespace coodie {

/// One thing that a node did for a traced request.
struct QueryTraceEvent
{
    std::string activity;
    Inet source;                          ///< the node
    std::chrono::microseconds elapsed{0}; ///< since that node began with the request
    std::string thread;
};

/// What the nodes did for a request that was executed with ExecuteOptions::tracing.
struct QueryTrace
{
    Uuid id; ///< ResponseExtras::tracing_id
    std::string request;
    std::map<std::string, std::string> parameters;
    Inet coordinator;
    Inet client;
    Timestamp started_at{};
    std::chrono::microseconds duration{0};
    std::vector<QueryTraceEvent> events; ///< in their order
};

struct QueryTraceOptions
{
    Consistency consistency = Consistency::one;
    std::chrono::milliseconds max_wait{2'000}; ///< for a trace that is not complete yet
};
static_assert(std::is_trivially_destructible_v<QueryTraceOptions>);

}
