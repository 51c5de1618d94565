#include "lib/session/session_loop.hpp"

// What happens when an attempt failed: policies decide, this acts.

namespace coodie::detail {

namespace {

const char* sentence_of(RetryStep step) noexcept
{
    switch (step) {
    case RetryStep::rethrow: return "the caller gets the error";
    case RetryStep::ignore: return "it is ignored";
    case RetryStep::same_node: return "the same host is tried again";
    case RetryStep::next_node: return "the next host is tried";
    }
    return "?";
}

}

/// A lightweight transaction only if its own statement says so: it would meet what it did itself the first time.
bool SessionLoop::may_be_repeated(const Request& request) noexcept
{
    return request.is_idempotent() && (request.statement.options().idempotent || !is_lwt(request));
}

/// No answer will come.
void SessionLoop::lost(Request& request, const Error& error) noexcept
{
    stop_watching(request);
    const bool sent = request.connection->core().has_sent(request);
    failed(request, error, sent, may_be_repeated(request));
}

void SessionLoop::failed(Request& request, const Error& error, bool sent, bool idempotent) noexcept
{
    note(request, error);
    if (closed_ || request.is_lent)
        return finish(request, error);
    const auto decision = decide(request, error, sent, idempotent);
    if (closed_) [[unlikely]] // by the policy
        return finish(request, error);
    if (log().wants(LogLevel::debug)) [[unlikely]]
        tell_failure(request, decision);
    switch (decision.step) {
    case RetryStep::rethrow: return finish(request, error);
    case RetryStep::ignore: return finish(request, {});
    case RetryStep::same_node: request.stays = true; return again(request, decision);
    case RetryStep::next_node: request.stays = false; return again(request, decision);
    }
}

/// Without the server's sentence, which may name values.
void SessionLoop::tell_failure(Request& request, const RetryDecision& decision)
{
    const auto& attempt = leader_of(request).failures->attempts.back();
    log().write(LogLevel::debug, "an attempt on " + attempt.host + " failed (" +
                                     make_error_code(attempt.code).message() + "): " + sentence_of(decision.step));
}

/// In the request's history, which the leading execution has. Its plan will not name the host again.
void SessionLoop::note(Request& request, const Error& error)
{
    meter_.attempts_failed.count(error.code());
    observe_end_of_attempt(request, error);
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
    ++meter_.retries;
    request.forget_repairs();
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

void SessionLoop::observe_attempt(Request& request) noexcept
{
    auto& leader = leader_of(request);
    if (!leader.observation)
        return;
    const auto* pool = pools_.pool(request.host);
    leader.observation->attempt_started(state(), request, pool ? pool->shared_host() : nullptr, &request != &leader);
}

void SessionLoop::observe_end_of_attempt(Request& request, const Error& error) noexcept
{
    if (auto& observation = leader_of(request).observation) [[unlikely]]
        observation->attempt_ended(state(), request, error);
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
