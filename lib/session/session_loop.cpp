#include "lib/session/session_loop.hpp"

#include "lib/session/use_keyspace.hpp"
#include <random>

namespace coodie::detail {

SessionLoop::SessionLoop(Loop loop, std::shared_ptr<const Settings> settings, std::shared_ptr<Commons> commons)
    : loop_{std::move(loop)}, settings_{std::move(settings)}, commons_{std::move(commons)},
      connection_options_{settings_->connection},
      pool_settings_{connection_options_, *settings_->options.reconnection_policy, log()},
      plan_number_{std::random_device{}()}, waiting_(settings_->balancing.size(), RequestList{meter_.queued}),
      cache_{settings_->options.prepared_cache_capacity, meter_.queued}
{
    connection_options_.meter = &meter_.connections;
    connecting_.emplace();
    Resident::evict = [](Resident& resident) noexcept {
        const auto self = static_cast<SessionLoop&>(resident).shared_from_this();
        self->close();
    };
}

SessionLoop::~SessionLoop() = default;

void SessionLoop::join(std::shared_ptr<ControlPlane> control_plane, std::size_t number)
{
    control_plane_ = std::move(control_plane);
    number_ = number;
}

void SessionLoop::close() noexcept
{
    shut(why_closed());
}

void SessionLoop::shut(const Error& error) noexcept
{
    if (std::exchange(closed_, true))
        return;
    if (number_ == 0 && !connecting_)
        log().write(LogLevel::info, "the session ends: " + error.message());
    state().move_out(*this);
    if (number_ == 0)
        control_plane_->close(error);
    stop_preparing();
    pools_.close(error);
    while (auto* request = settling_.pop_front())
        state().is_ending() ? finish(*request, error) : settled(*request, false);
    for (auto& list : waiting_)
        while (auto* request = list.pop_front())
            finish(*request, error);
    while (auto* request = paused_.pop_front())
        finish(*request, error);
    cache_.for_each([&](PreparedCache::Entry& entry) {
        tell_others(entry, nullptr);
        if (entry.is_linked())
            state().unlink(entry);
        while (auto* request = entry.waiting.pop_front())
            finish(*request, error);
    });
    for (auto& sleeper : std::exchange(sleepers_, {})) {
        state().unlink(sleeper);
        if (!state().is_ending())
            sleeper.wake();
    }
    state().disarm();
    const auto done = connecting_ ? std::move(connecting_->done) : Done{};
    connecting_.reset();
    if (done && !state().is_ending())
        done(error);
}

void SessionLoop::sleep(std::chrono::milliseconds time, std::function<void()> wake)
{
    if (closed_)
        return wake();
    auto& sleeper = sleepers_.emplace_back();
    sleeper.session = this;
    sleeper.place = std::prev(sleepers_.end());
    sleeper.wake = std::move(wake);
    sleeper.expire = [](Deadline& deadline) noexcept {
        auto& expired = static_cast<Sleeper&>(deadline);
        const auto call = std::move(expired.wake);
        expired.session->sleepers_.erase(expired.place);
        call();
    };
    state().link(sleeper, state().after(time));
}

Error SessionLoop::why_closed() const
{
    if (state().has_ended())
        return {errc::closed, "the context that the session lived on was destroyed"};
    return {errc::closed, "the session was closed"};
}

void SessionLoop::timed_out(Request& request) noexcept
{
    if (request.extras && request.extras->settling)
        return settled(request, false);
    Error error;
    if (request.race)
        for (auto* execution : request.race->running)
            error = note_silence(*execution);
    else
        error = note_silence(request);
    give_up(request, error);
}

/// What to say of it; where it was asked, that is one of its failures.
Error SessionLoop::note_silence(Request& request)
{
    const bool is_asked = request.stream >= 0;
    const auto timeout = request.statement.options().timeout.value_or(request.profile->request_timeout);
    const auto where = is_asked ? " from " + request.connection->host() : std::string{};
    const auto why = is_asked ? "the server may still do the work" : why_unsent();
    Error error{errc::request_timeout,
                "no answer" + where + " within " + std::to_string(timeout.count()) + " ms; " + why};
    log().write(LogLevel::warning, "a request timed out: " + error.message());
    if (is_asked)
        note(request, error);
    return error;
}

std::string SessionLoop::why_unsent() const
{
    if (pools_.any_usable())
        return "it waited to be sent";
    std::string sentence = "there was no connection to send it on";
    return connect_failure_ ? sentence + ": " + connect_failure_.message() : sentence;
}

/// Ends a request wherever it waits; its answer, should it come, is for nobody. A USE may take effect at any time then:
/// no statement must follow it on its connection.
void SessionLoop::give_up(Request& request, const Error& error) noexcept
{
    if (request.race)
        end_race(request);
    if (request.list)
        request.list->remove(request);
    if (request.stream < 0)
        return finish(request, error);
    const auto connection = request.connection->shared_from_this();
    const auto host = request.host;
    const bool keyspace_in_doubt = is_use(request.statement.text());
    connection->core().abandon(request);
    finish(request, error);
    if (auto* pool = keyspace_in_doubt ? pools_.pool(host) : nullptr)
        pool->retire(*connection);
    connection->check_orphans();
}

}
