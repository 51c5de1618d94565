#include <coodie/query_trace.hpp>

#include "lib/base/block_on.hpp"
#include "lib/session/session_state.hpp"
#include "lib/session/trace_reading.hpp"

namespace coodie {

using detail::OnEachLoop;
using detail::SessionAccess;
using detail::SessionLoop;

namespace {

using TraceHandler = AnyHandler<void(std::exception_ptr, QueryTrace)>;

}

void SessionAccess::query_trace(Session& session, const Uuid& tracing_id, const QueryTraceOptions& options,
                                TraceHandler handler)
{
    if (!session.state_)
        return handler.complete(Loop{}, detail::no_session().as_exception(), QueryTrace{});
    const auto reading = std::make_shared<detail::TraceReading>(tracing_id, options);
    OnEachLoop::run(
        {session.state_->loops().front()}, OnEachLoop::Order::at_once,
        [reading](SessionLoop& loop, SessionLoop::Done done) {
            reading->start(loop.shared_from_this(), std::move(done));
        },
        session.state_->limit(options.max_wait),
        [reading, loop = session.loop(), handler = detail::shared(std::move(handler))](const Error& error) {
            handler->complete(loop, error.as_exception(), error ? QueryTrace{} : reading->take());
        });
}

QueryTrace Session::query_trace(const Uuid& tracing_id)
{
    return query_trace(tracing_id, QueryTraceOptions{});
}

QueryTrace Session::query_trace(const Uuid& tracing_id, const QueryTraceOptions& options)
{
    return detail::block_on<QueryTrace>(loop(), [&](TraceHandler handler) {
        SessionAccess::query_trace(*this, tracing_id, options, std::move(handler));
    });
}

}
