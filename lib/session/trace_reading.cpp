#include "lib/session/trace_reading.hpp"

#include "lib/metadata/cells.hpp"
#include <coodie/exceptions.hpp>

namespace coodie::detail {

namespace {

constexpr std::chrono::milliseconds longest_pause{200};

std::chrono::microseconds microseconds(const Row& row, std::string_view column)
{
    return std::chrono::microseconds{metadata::read<std::int32_t>(row, column).value_or(0)};
}

void read_session(const Row& row, QueryTrace& trace)
{
    using Parameters = std::map<std::string, std::string>;
    trace.request = metadata::read_text(row, "request");
    trace.parameters = metadata::read<Parameters>(row, "parameters").value_or(Parameters{});
    trace.coordinator = metadata::read<Inet>(row, "coordinator").value_or(Inet{});
    trace.client = metadata::read<Inet>(row, "client").value_or(Inet{});
    trace.started_at = metadata::read<Timestamp>(row, "started_at").value_or(Timestamp{});
    trace.duration = microseconds(row, "duration");
}

QueryTraceEvent read_event(const Row& row)
{
    return {metadata::read_text(row, "activity"), metadata::read<Inet>(row, "source").value_or(Inet{}),
            microseconds(row, "source_elapsed"), metadata::read_text(row, "thread")};
}

Error error_in(const std::exception_ptr& thrown)
{
    if (!thrown)
        return {};
    try {
        std::rethrow_exception(thrown);
    } catch (const CoodieError& error) {
        return error.error();
    }
}

}

void TraceReading::start(std::shared_ptr<SessionLoop> loop, SessionLoop::Done done)
{
    loop_ = std::move(loop);
    done_ = std::move(done);
    end_ = loop_->state().after(options_.max_wait);
    ask_for_session();
}

std::chrono::milliseconds TraceReading::left() const
{
    return std::chrono::ceil<std::chrono::milliseconds>(end_ - loop_->state().now());
}

void TraceReading::ask(Statement statement, Answered answered)
{
    auto& options = statement.kind(StatementKind::simple).options();
    options.consistency = options_.consistency;
    options.idempotent = true;
    options.timeout = std::max(left(), std::chrono::milliseconds{1});
    auto& request = NodePool<Request>::take();
    request.statement = std::move(statement);
    request.session = loop_.get();
    request.user_code = false;
    request.handler = [self = shared_from_this(), answered](const std::exception_ptr& thrown, Rows rows) {
        const auto error = error_in(thrown);
        error ? self->failed(error) : (*self.*answered)(std::move(rows));
    };
    loop_->start(request);
}

void TraceReading::ask_for_session()
{
    ask({"SELECT * FROM system_traces.sessions WHERE session_id = ?", trace_.id}, &TraceReading::on_session);
}

void TraceReading::on_session(Rows rows)
{
    if (!rows.empty() && metadata::read<std::int32_t>(rows.front(), "duration")) {
        read_session(rows.front(), trace_);
        return ask_for_events({});
    }
    const auto pause = std::min(std::exchange(pause_, std::min(pause_ * 2, longest_pause)), left());
    if (pause.count() <= 0)
        return finish(too_late());
    loop_->sleep(pause, [self = shared_from_this()] { self->ask_for_session(); });
}

void TraceReading::ask_for_events(std::vector<std::byte> paging_state)
{
    Statement events{"SELECT * FROM system_traces.events WHERE session_id = ?", trace_.id};
    events.paging_state(std::move(paging_state));
    ask(std::move(events), &TraceReading::on_events);
}

void TraceReading::on_events(Rows rows)
{
    for (const auto row : rows)
        trace_.events.push_back(read_event(row));
    const auto state = rows.paging_state();
    if (!rows.has_more_pages())
        return finish({});
    if (left().count() <= 0)
        return finish(too_late());
    ask_for_events({state.begin(), state.end()});
}

Error TraceReading::too_late() const
{
    return {errc::trace_unavailable, "the trace " + trace_.id.to_string() + " is not complete after " +
                                         std::to_string(options_.max_wait.count()) +
                                         " ms; ask again later, or for a longer time"};
}

/// No answer in the time that is left is as good as no trace.
void TraceReading::failed(const Error& error)
{
    if (error.code() != errc::request_timeout)
        return finish(error);
    finish({errc::trace_unavailable,
            "the trace " + trace_.id.to_string() + " could not be read in time: " + error.message()});
}

void TraceReading::finish(const Error& error)
{
    std::exchange(done_, nullptr)(error);
}

}
