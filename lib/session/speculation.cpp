#include "lib/policies/first_answer.hpp"
#include "lib/session/session_loop.hpp"

#include <algorithm>

// The same asked of several hosts at once: the first answer counts, the others are for nobody.

namespace coodie::detail {

namespace {

/// An execution of the same, which nobody but the race knows.
Request& copy_of(const Request& leader)
{
    auto& copy = NodePool<Request>::take();
    copy.user_code = false;
    copy.session = leader.session;
    copy.profile = leader.profile;
    copy.race = leader.race;
    copy.has_plan = true; // the leader's
    copy.statement = leader.statement;
    copy.prepared = leader.prepared;
    if (const auto* extras = leader.extras.get()) {
        copy.extras = std::make_unique<RequestExtras>(extras->kind);
        copy.extras->batch = extras->batch;
        copy.extras->prepared = extras->prepared;
        copy.extras->keyspace_generation = extras->keyspace_generation;
    }
    return copy;
}

}

bool SessionLoop::may_speculate(const Request& request) const noexcept
{
    if (request.is_pinned || (request.extras && request.extras->kind != RequestExtras::Kind::batch))
        return false;
    return may_be_repeated(request) && pools_.view(request.profile->balancing).tiers().hosts().size() > 1;
}

/// It was sent: from now on others may be asked.
void SessionLoop::expect_slow(Request& request)
{
    if (request.race || !may_speculate(request))
        return;
    request.race = std::make_shared<Race>();
    auto& race = *request.race;
    race.leader = &request;
    race.running = {&request};
    race.expire = [](Deadline& deadline) noexcept {
        auto& due = static_cast<Race&>(deadline);
        auto& session = *due.leader->session;
        if (session.begin_execution(due))
            session.go_on(due);
    };
    plan_of(request).tried.insert(request.host);
    go_on(race);
}

void SessionLoop::go_on(Race& race) noexcept
{
    while (const auto delay = next_delay(race)) {
        if (delay->count() > 0)
            return state().link(race, state().after(std::chrono::ceil<std::chrono::milliseconds>(*delay)));
        if (!begin_execution(race))
            return;
    }
}

/// What a policy throws is told to whoever runs the loop; there is no next execution then.
std::optional<std::chrono::microseconds> SessionLoop::next_delay(const Race& race) noexcept
{
    try {
        return race.leader->profile->speculative->next(race.started);
    } catch (...) {
        state().rethrow_later(std::current_exception());
        return {};
    }
}

/// False: no host is left that could take it.
bool SessionLoop::begin_execution(Race& race)
{
    auto& execution = copy_of(*race.leader);
    execution.connection = choose(execution);
    if (!execution.connection) {
        execution.release();
        return false;
    }
    ++race.started;
    ++meter_.speculative_executions;
    race.running.push_back(&execution);
    submit_there(execution);
    return true;
}

/// The request ends with its first answer; with an error only if no other host may have one.
void SessionLoop::execution_ended(Request& request, const Error& error, Rows rows) noexcept
{
    const auto race = request.race;
    auto& leader = *race->leader;
    observe_end_of_attempt(request, error);
    std::erase(race->running, &request);
    const bool goes_on = error && !race->running.empty() && policies::may_be_answered_elsewhere(error.code());
    if (!goes_on)
        end_race(leader);
    if (&request != &leader)
        request.release();
    if (!goes_on)
        return finish(leader, error, std::move(rows));
    if (meter_.queued.value() != 0)
        submit_waiting();
}

/// No execution is on its way any more, and the request is one like others.
void SessionLoop::end_race(Request& leader) noexcept
{
    const auto race = leader.race;
    if (race->is_linked())
        state().unlink(*race);
    for (auto* execution : race->running) {
        withdraw(*execution);
        if (execution != &leader)
            execution->release();
    }
    leader.race.reset();
}

/// From wherever it waits; its answer, should it come, is for nobody.
void SessionLoop::withdraw(Request& request) noexcept
{
    stop_watching(request);
    if (request.failures)
        disarm(*request.failures);
    if (request.list)
        request.list->remove(request);
    if (request.stream < 0)
        return;
    observe_end_of_attempt(request, {errc::cancelled, "nobody waits for its answer any more"});
    const auto connection = request.connection->shared_from_this();
    connection->core().abandon(request);
    connection->check_orphans();
}

}
