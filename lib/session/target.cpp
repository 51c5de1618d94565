#include "lib/session/session_loop.hpp"

// Where a request goes, and what it waits for when it can go nowhere.

namespace coodie::detail {

/// Null: no connection can take it now.
Connection* SessionLoop::target(Request& request)
{
    auto* only = pools_.only();
    if (!only || request.has_plan || request.is_pinned) [[unlikely]]
        return choose(request);
    request.host = pools_.only_host();
    return only->core().has_free_stream() ? only : nullptr;
}

Connection* SessionLoop::choose(Request& request)
{
    if (request.is_pinned)
        return pinned_target(request);
    const auto asked = plan_request(request);
    if (std::exchange(request.stays, false)) {
        if (auto* connection = pools_.pick(request.host, asked))
            return connection;
        request.forget_repairs();
    }
    while (const auto host = next_host(request, asked)) {
        if (auto* connection = pools_.pick(*host, asked)) {
            request.host = *host;
            return connection;
        }
    }
    return nullptr;
}

/// That of the execution which leads, where there are several.
Plan& SessionLoop::plan_of(Request& request)
{
    auto& leader = leader_of(request);
    if (!std::exchange(leader.has_plan, true))
        leader.plan = Plan{plan_number_++};
    return leader.plan;
}

/// What a policy throws ends its plan, and is told to whoever runs the loop.
std::optional<HostIndex> SessionLoop::next_host(Request& request, const PlanRequest& asked)
{
    try {
        const auto balancing = request.profile->balancing;
        return settings_->balancing[balancing]->next(plan_of(request), asked, pools_.view(balancing));
    } catch (...) {
        state().rethrow_later(std::current_exception());
        return std::nullopt;
    }
}

/// It waits, at the front, while its policy's hosts have no connection that could take it: one may come, or a stream of
/// one that is busy. After a failure it does so once: then its plan begins again.
/// False: it ends.
bool SessionLoop::await_target(Request& request)
{
    if (request.is_pinned) {
        finish_later(request, why_not_there(request));
        return false;
    }
    auto* failures = request.failures.get();
    const auto& tiers = pools_.view(request.profile->balancing).tiers();
    if (tiers.hosts().empty() || pools_.any_free(tiers) || has_company(request) ||
        (failures && failures->has_second_plan))
    {
        finish_later(request, {errc::no_host_available, why_nowhere(request)});
        return false;
    }
    if (failures)
        failures->has_second_plan = true;
    leader_of(request).has_plan = false;
    if (!may_wait(request))
        return false;
    waiting(request).push_front(request);
    return true;
}

const char* SessionLoop::why_nowhere(const Request& request) const noexcept
{
    if (pools_.view(request.profile->balancing).tiers().hosts().empty())
        return "the load balancing policy ignores all hosts";
    if (request.failures)
        return "no host is left to try";
    return "no host that the load balancing policy has for it can be reached";
}

/// False: the request ends, because too many wait.
bool SessionLoop::may_wait(Request& request)
{
    const auto queued = meter_.queued.value();
    if (queued < settings_->options.max_queued)
        return true;
    Error error{errc::overloaded, std::to_string(queued) + " requests wait already (max_queued); send fewer at a time"};
    log().write(LogLevel::warning, "a request is refused: " + error.message());
    finish_later(request, std::move(error));
    return false;
}

/// Until the entry's PREPARE is answered.
void SessionLoop::wait_for(PreparedCache::Entry& entry, Request& request)
{
    if (may_wait(request))
        entry.waiting.push_back(request);
}

/// In their order, until one has to wait on; those of other hosts need not wait for it. When the session closes it ends
/// them itself.
void SessionLoop::submit_waiting()
{
    if (closed_)
        return;
    for (auto& list : waiting_)
        while (auto* request = list.pop_front())
            if (!submit(*request))
                break;
}

}
