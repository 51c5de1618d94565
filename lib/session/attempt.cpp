#include "lib/session/session_loop.hpp"
#include "lib/session/use_keyspace.hpp"

// How long one host is waited for, where that is less than the request has, and how long it took.

namespace coodie::detail {

/// A USE is waited for as long as the request lasts: two of them at once would leave the keyspace in doubt.
void SessionLoop::watch(Request& request)
{
    request.sent_at = state().now();
    if (is_use(request.statement.text()))
        return;
    const auto& profile = *request.profile;
    if (profile.attempt_timeout) {
        request.is_watched = true;
        state().link(request.patience, state().after(*profile.attempt_timeout));
    }
    if (profile.speculative)
        expect_slow(request);
}

void SessionLoop::report_latency(const Request& request) noexcept
{
    const auto latency = state().now() - request.sent_at;
    request.profile->speculative->answered(std::chrono::duration_cast<std::chrono::microseconds>(latency));
}

void SessionLoop::stop_watching(Request& request) noexcept
{
    if (std::exchange(request.is_watched, false)) [[unlikely]]
        state().unlink(request.patience);
}

/// Its frame is on its way, and its answer is for nobody. What is not idempotent must not be sent twice; what is still
/// lent to the frame cannot be.
void SessionLoop::attempt_timed_out(Request& request) noexcept
{
    request.is_watched = false;
    const auto connection = request.connection->shared_from_this();
    const auto sentence = "no answer from " + connection->host() + " within " +
                          std::to_string(request.profile->attempt_timeout->count()) + " ms (attempt_timeout)";
    connection->core().abandon(request);
    note(request, {errc::request_timeout, sentence});
    if (may_be_repeated(request) && !request.is_lent)
        again(request, {.step = RetryStep::next_node});
    else
        finish(request, {errc::request_timeout,
                         sentence + "; the server may still do the work" +
                             (request.is_lent ? "" : ", so that only what is idempotent goes to the next host")});
    connection->check_orphans();
}

}
