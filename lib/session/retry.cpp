#include "lib/session/session_loop.hpp"

// What happens when an attempt failed: policies decide, this acts.

namespace coodie::detail {

/// No answer will come.
void SessionLoop::lost(Request& request, const Error& error) noexcept
{
    stop_watching(request);
    const bool sent = request.connection->core().has_sent(request);
    failed(request, error, sent, request.is_idempotent());
}

void SessionLoop::failed(Request& request, const Error& error, bool sent, bool idempotent) noexcept
{
    note(request, error);
    if (closed_ || request.is_lent)
        return finish(request, error);
    const auto decision = decide(request, error, sent, idempotent);
    switch (decision.step) {
    case RetryStep::rethrow: return finish(request, error);
    case RetryStep::ignore: return finish(request, {});
    case RetryStep::same_node: request.stays = true; return again(request, decision);
    case RetryStep::next_node: request.stays = false; return again(request, decision);
    }
}

/// In the request's history, which the leading execution has. Its plan will not name the host again.
void SessionLoop::note(Request& request, const Error& error)
{
    auto& leader = leader_of(request);
    for (auto* execution : {&request, &leader})
        if (!execution->failures)
            execution->failures = std::make_unique<Failures>();
    plan_of(request).tried.insert(request.host);
    const auto* pool = pools_.pool(request.host);
    leader.failures->attempts.push_back(
        {pool ? pool->host().address() : request.connection->host(), error.code(), error.message()});
}

/// What a policy throws is told to whoever runs the loop; the error stands then.
RetryDecision SessionLoop::decide(const Request& request, const Error& error, bool sent, bool idempotent) noexcept
{
    const FailedAttempt attempt{.error = error,
                                .consistency = consistency_of(request),
                                .idempotent = idempotent,
                                .sent = sent,
                                .retries = request.failures->retries,
                                .is_lwt = is_lwt(request)};
    try {
        return request.profile->retry->decide(attempt);
    } catch (...) {
        state().rethrow_later(std::current_exception());
        return {};
    }
}

void SessionLoop::again(Request& request, const RetryDecision& decision)
{
    ++request.failures->retries;
    if (decision.consistency)
        request.statement.options().consistency = decision.consistency;
    if (decision.delay.count() > 0)
        return pause(request, decision.delay);
    submit(request);
}

void SessionLoop::pause(Request& request, std::chrono::milliseconds delay)
{
    if (!may_wait(request))
        return;
    paused_.push_back(request);
    auto& pause = request.failures->pause;
    pause.request = &request;
    pause.expire = [](Deadline& deadline) noexcept {
        auto& self = *static_cast<Failures::Pause&>(deadline).request;
        self.list->remove(self);
        self.session->submit(self);
    };
    state().link(pause, state().after(delay));
}

/// Nothing happens of itself any more.
void SessionLoop::disarm(Failures& failures) noexcept
{
    if (failures.pause.is_linked())
        state().unlink(failures.pause);
    if (failures.ending)
        *std::exchange(failures.ending, nullptr) = nullptr;
}

}
