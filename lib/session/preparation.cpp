#include "lib/base/run_on.hpp"
#include "lib/session/session_loop.hpp"

#include <algorithm>
#include <protocol/prepare.hpp>
#include <protocol/response.hpp>

// PREPARE, once for all who wait for it.

namespace coodie::detail {

Result<std::shared_ptr<const Prepared>> read_prepared(const Answer& answer, const std::string& text,
                                                      const Connection& connection)
{
    auto response = protocol::decode_response(answer.header, answer.body, connection.response_context());
    if (!response)
        return response.error();
    if (const auto* error = std::get_if<protocol::ErrorResponse>(&response->message))
        return error->as_error();
    auto* result = std::get_if<protocol::ResultResponse>(&response->message);
    if (auto* prepared = result ? std::get_if<protocol::PreparedResult>(&result->body) : nullptr)
        return Prepared::make(text, std::move(*prepared), connection.scylla());
    return Error{errc::protocol,
                 "the server answered PREPARE with " + std::string{name_of(answer.header.opcode)} + " of another kind"};
}

void SessionLoop::submit_prepare(Request& request)
{
    if (auto* pending = look_up(request, request.statement, request.prepared))
        return wait_for(*pending, request);
    finish_later(request, {});
}

/// What another loop has prepared, or is about to, or else what is prepared now.
PreparedCache::Entry& SessionLoop::learn(std::string_view text, const Request& request)
{
    bool is_alone = false;
    if (auto* outdated = cache_.find(text, false)) {
        is_alone = outdated->others_are_late;
        cache_.remove(*outdated);
    }
    auto& entry = cache_.add(text);
    entry.keyspace = connection_options_.handshake.keyspace;
    if (!is_alone && ask_others(entry))
        return entry;
    entry.owes_others = !is_alone;
    send_prepare(entry, request);
    return entry;
}

/// False: this loop is to prepare it.
bool SessionLoop::ask_others(PreparedCache::Entry& entry)
{
    const auto told = [self = weak_from_this(), text = entry.text] {
        if (const auto loop = self.lock())
            run_on(loop->state(), [loop, text] { loop->others_ended(text); });
    };
    auto found = commons_->statements.find_or_begin({entry.keyspace, entry.text}, told);
    if (found.is_pending)
        await_others(entry);
    else if (found.prepared && found.prepared->is_current()) {
        entry.prepared = std::move(found.prepared);
        entry.is_pending = false;
    } else
        return false;
    return true;
}

/// Not for ever: nobody may be running the loop that prepares.
void SessionLoop::await_others(PreparedCache::Entry& entry)
{
    constexpr std::chrono::milliseconds patience{100};
    entry.session = this;
    entry.expire = [](Deadline& deadline) noexcept {
        auto& self = static_cast<PreparedCache::Entry&>(deadline);
        self.is_pending = false;
        self.others_are_late = true;
        self.session->release_prepared(self.waiting);
        self.session->submit_waiting();
    };
    state().link(entry, state().after(patience));
}

/// Null: nothing came of it.
void SessionLoop::tell_others(PreparedCache::Entry& entry, std::shared_ptr<const Prepared> prepared)
{
    if (std::exchange(entry.owes_others, false))
        commons_->statements.end({entry.keyspace, entry.text}, std::move(prepared));
}

/// Those who waited for the other loop ask again.
void SessionLoop::others_ended(const std::string& text)
{
    auto* entry = cache_.find(text, false);
    if (closed_ || !entry || !entry->is_pending || entry->connection)
        return;
    if (entry->is_linked())
        state().unlink(*entry);
    release_prepared(entry->waiting);
    cache_.remove(*entry);
    submit_waiting();
}

/// On the request's connection, only when it has a free stream. What cannot be sent fails, after its caller has begun
/// to wait for it.
void SessionLoop::send_prepare(PreparedCache::Entry& entry, const Request& request)
{
    const protocol::Prepare message{entry.text};
    const auto size = message.encoded_size();
    auto refused = check_use(entry.text);
    if (!refused)
        refused = message.check(size);
    if (!refused)
        refused = check_size(size);
    expect_prepared(entry);
    entry.connection = request.connection;
    entry.host = request.host;
    if (refused)
        return run_later(
            state(), [self = shared_from_this(), &entry, refused] { self->prepare_refused(entry, refused); },
            Code::ours);
    const auto& options = settings_->options;
    state().link(entry, state().after(std::min(options.request_timeout,
                                               options.attempt_timeout.value_or(options.request_timeout))));
    auto& core = entry.connection->core();
    protocol::Writer out{core.begin(entry, protocol::Opcode::prepare, 0, size)};
    message.encode(out);
    core.finish();
    entry.connection->submitted();
    ++meter_.prepares;
}

void SessionLoop::expect_prepared(PreparedCache::Entry& entry)
{
    entry.session = this;
    entry.is_pending = true;
    entry.keyspace_generation = keyspace_generation_;
    entry.answered = [](Exchange& exchange, const Answer& answer) {
        auto& self = static_cast<PreparedCache::Entry&>(exchange);
        return self.session->on_prepared(self, answer);
    };
    entry.lost = [](Exchange& exchange, const Error&) noexcept {
        auto& self = static_cast<PreparedCache::Entry&>(exchange);
        self.session->prepare_interrupted(self);
    };
    entry.expire = [](Deadline& deadline) noexcept {
        auto& self = static_cast<PreparedCache::Entry&>(deadline);
        self.session->prepare_interrupted(self);
    };
}

Error SessionLoop::on_prepared(PreparedCache::Entry& entry, const Answer& answer)
{
    state().unlink(entry);
    if (entry.keyspace_generation != keyspace_generation_) {
        prepare_interrupted(entry);
        return {};
    }
    auto prepared = read_prepared(answer, entry.text, *entry.connection);
    if (prepared) {
        accept_prepared(entry, std::move(*prepared));
        return {};
    }
    const auto error = prepared.error();
    prepare_failed(entry, error);
    return error.code() == errc::protocol ? error : Error{};
}

void SessionLoop::accept_prepared(PreparedCache::Entry& entry, std::shared_ptr<const Prepared> prepared)
{
    tell_others(entry, prepared);
    spread(prepared, entry.host);
    entry.prepared = std::move(prepared);
    entry.is_pending = false;
    release_prepared(entry.waiting);
    submit_waiting();
}

/// The others of those who waited ask their own hosts.
void SessionLoop::prepare_failed(PreparedCache::Entry& entry, const Error& error)
{
    const auto host = entry.host;
    auto* connection = entry.connection;
    RequestList waited{meter_.queued};
    forget(entry, waited);
    RequestList refused{meter_.queued};
    RequestList elsewhere{meter_.queued};
    while (auto* request = waited.pop_front())
        (request->host == host ? refused : elsewhere).push_back(*request);
    release_prepared(elsewhere);
    while (auto* request = refused.pop_front()) {
        request->connection = connection;
        failed(*request, error, true, true);
    }
    submit_waiting();
}

/// It was never sent.
void SessionLoop::prepare_refused(PreparedCache::Entry& entry, const Error& error)
{
    RequestList waited{meter_.queued};
    forget(entry, waited);
    while (auto* request = waited.pop_front())
        finish(*request, error);
}

void SessionLoop::forget(PreparedCache::Entry& entry, RequestList& waited) noexcept
{
    tell_others(entry, nullptr);
    while (auto* request = entry.waiting.pop_front())
        waited.push_back(*request);
    cache_.remove(entry);
}

/// No answer, and there will be none, or it is for a keyspace left meanwhile: those who wait ask again when there is a
/// connection, as long as they have time.
void SessionLoop::prepare_interrupted(PreparedCache::Entry& entry) noexcept
{
    if (entry.is_linked())
        state().unlink(entry);
    if (entry.stream >= 0)
        entry.connection->core().abandon(entry);
    tell_others(entry, nullptr);
    release_waiting(entry.waiting);
    cache_.remove(entry);
    submit_waiting();
}

/// The host that a request was to be prepared on has not been tried yet.
void SessionLoop::release_prepared(RequestList& waiting)
{
    RequestList ready{meter_.queued};
    while (auto* request = waiting.pop_front()) {
        request->has_plan = request->stays = request->failures || request->race;
        ready.push_back(*request);
    }
    release_waiting(ready);
}

/// Those who waited for something come before those who wait for a connection.
void SessionLoop::release_waiting(RequestList& waiting)
{
    RequestList reversed{meter_.queued};
    while (auto* request = waiting.pop_front())
        reversed.push_front(*request);
    while (auto* request = reversed.pop_front())
        this->waiting(*request).push_front(*request);
}

}
