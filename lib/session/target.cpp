#include "lib/session/session_loop.hpp"

// Where a request goes, and what it waits for when it can go nowhere.

namespace coodie::detail {

/// Null: no connection can take it now.
Connection* SessionLoop::target(Request& request)
{
    auto* only = pools_.only();
    if (!only || request.failures) [[unlikely]]
        return choose(request);
    request.host = pools_.only_host();
    return only->core().has_free_stream() ? only : nullptr;
}

Connection* SessionLoop::choose(Request& request)
{
    if (std::exchange(request.stays, false))
        if (auto* connection = pools_.pick(request.host))
            return connection;
    if (!std::exchange(request.has_plan, true))
        request.plan = Plan{plan_number_++};
    const auto asked = plan_request(request);
    while (const auto host = next_host(request, asked)) {
        if (auto* connection = pools_.pick(*host)) {
            request.host = *host;
            return connection;
        }
    }
    return nullptr;
}

/// What a policy throws ends its plan, and is told to whoever runs the loop.
std::optional<HostIndex> SessionLoop::next_host(Request& request, const PlanRequest& asked)
{
    try {
        return settings_->options.load_balancing_policy->next(request.plan, asked, pools_);
    } catch (...) {
        state().rethrow_later(std::current_exception());
        return std::nullopt;
    }
}

/// It waits, at the front, for a connection that may come or for a stream of one that is busy. After a failure it does
/// so once, and only when no connection at all is left: then its plan begins again.
/// False: it ends.
bool SessionLoop::await_target(Request& request)
{
    auto* failures = request.failures.get();
    if (pools_.empty() || (failures && (failures->has_second_plan || pools_.any_free()))) {
        finish_later(request, {errc::no_host_available, "no host is left to try"});
        return false;
    }
    if (failures)
        failures->has_second_plan = true;
    request.has_plan = false;
    if (!may_wait(request))
        return false;
    waiting_.push_front(request);
    return true;
}

/// False: the request ends, because too many wait.
bool SessionLoop::may_wait(Request& request)
{
    if (queued_ < settings_->options.max_queued)
        return true;
    finish_later(request, {errc::overloaded,
                           std::to_string(queued_) + " requests wait already (max_queued); send fewer at a time"});
    return false;
}

/// Until the entry's PREPARE is answered.
void SessionLoop::wait_for(PreparedCache::Entry& entry, Request& request)
{
    if (may_wait(request))
        entry.waiting.push_back(request);
}

/// In their order, until one has to wait on.
void SessionLoop::submit_waiting()
{
    while (auto* request = waiting_.pop_front())
        if (!submit(*request))
            return;
}

}
