#pragma once

#include "lib/session/session_loop.hpp"
#include <coodie/query_trace.hpp>

namespace coodie::detail {

/// Reads a trace from the servers' tables: its session until that is complete, then its events. On one loop.
/// Lifetime: kept alive by what it waits for.
class TraceReading : public std::enable_shared_from_this<TraceReading>
{
public:
    TraceReading(const Uuid& id, const QueryTraceOptions& options) : options_{options} { trace_.id = id; }

    /// Once. Errors: errc::trace_unavailable when it is not complete in time; those of the questions.
    void start(std::shared_ptr<SessionLoop> loop, SessionLoop::Done done);
    /// Once it is done without an error.
    QueryTrace take() noexcept { return std::move(trace_); }

private:
    using Answered = void (TraceReading::*)(Rows rows);

    void ask(Statement statement, Answered answered);
    void ask_for_session();
    void on_session(Rows rows);
    void ask_for_events(std::vector<std::byte> paging_state);
    void on_events(Rows rows);
    Error too_late() const;
    void failed(const Error& error);
    void finish(const Error& error);
    std::chrono::milliseconds left() const;

    QueryTrace trace_;
    const QueryTraceOptions options_;
    std::shared_ptr<SessionLoop> loop_;
    SessionLoop::Done done_;
    Clock::time_point end_;
    std::chrono::milliseconds pause_{10}; ///< before it is asked again
};

}
