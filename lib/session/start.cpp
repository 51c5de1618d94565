#include "lib/session/session_loop.hpp"

// A request arrives: what its statement, its profile and the session say about it.

namespace coodie::detail {

namespace {

/// A PREPARE has no timestamp, and the session's own USE needs none. Neither does what returns rows: it reads, or is a
/// lightweight transaction, which the server dates.
bool may_be_dated(const Request& request) noexcept
{
    if (request.statement.options().timestamp)
        return false;
    if (request.extras)
        return request.extras->kind == RequestExtras::Kind::batch;
    const auto& prepared = StatementAccess::prepared(request.statement);
    return !prepared || !prepared->result;
}

}

void SessionLoop::start(Request& request)
{
    request.started = meter_.begin(state().now());
    if (request.user_code)
        state().begin_user_work();
    if (request.ticket.load(std::memory_order_relaxed) != 0 && !arrive(request))
        return finish_later(request, {errc::cancelled, "the request was cancelled before it was sent"});
    if (closed_)
        return finish_later(request, why_closed());
    if (auto error = read_rare_options(request)) [[unlikely]]
        return finish_later(request, std::move(error));
    const auto timeout = request.statement.options().timeout.value_or(request.profile->request_timeout);
    state().link(request, state().after(timeout));
    if (may_be_dated(request)) [[likely]]
        date(request);
    if (meter_.queued.value() == 0 || request.is_pinned || waiting(request).empty()) [[likely]]
        submit(request);
    else if (may_wait(request))
        waiting(request).push_back(request);
}

Error SessionLoop::read_rare_options(Request& request) const
{
    request.profile = &own_profile_;
    if (!request.statement.extras() && !request.extras) [[likely]]
        return {};
    request.is_pinned = !request.pinned_host().empty();
    const auto& name = request.profile_name();
    request.profile = &settings_->profile_or_own(name);
    return request.profile->name == name ? Error{} : unknown_profile(name, settings_->profiles);
}

/// What the generator throws is told to whoever runs the loop; the server dates the request then.
void SessionLoop::date(Request& request) noexcept
{
    try {
        request.statement.options().timestamp = request.profile->timestamps->next();
    } catch (...) {
        state().rethrow_later(std::current_exception());
    }
}

}
