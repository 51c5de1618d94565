#include "lib/base/run_on.hpp"
#include "lib/session/session_loop.hpp"

#include <algorithm>
#include <protocol/prepare.hpp>
#include <protocol/response.hpp>

// PREPARE, once for all who wait for it.

namespace coodie::detail {

namespace {

bool same_types(const std::vector<ColumnSpec>& a, const std::vector<ColumnSpec>& b)
{
    return std::ranges::equal(a, b, [](const auto& x, const auto& y) { return x.type == y.type; });
}

bool same_columns(const ResultMetadata* a, const ResultMetadata* b)
{
    if (!a || !b)
        return a == b;
    return std::ranges::equal(a->columns, b->columns,
                              [](const auto& x, const auto& y) { return x.name == y.name && x.type == y.type; });
}

}

void SessionLoop::submit_prepare(Request& request)
{
    if (auto* pending = look_up(request.statement, request.prepared))
        return wait_for(*pending, request);
    finish_later(request, {});
}

/// Only when a stream is free. What cannot be sent fails, after its caller has begun to wait for it.
void SessionLoop::send_prepare(PreparedCache::Entry& entry)
{
    const protocol::Prepare message{entry.text};
    const auto size = message.encoded_size();
    auto refused = message.check(size);
    if (!refused)
        refused = check_size(size);
    expect_prepared(entry);
    if (refused)
        return run_later(state(),
                         [self = shared_from_this(), &entry, refused] { self->prepare_failed(entry, refused); });
    state().link(entry, state().after(settings_->options.request_timeout));
    auto& core = connection_->core();
    protocol::Writer out{core.begin(entry, protocol::Opcode::prepare, 0, size)};
    message.encode(out);
    core.finish();
    connection_->submitted();
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
    auto response = protocol::decode_response(answer.header, answer.body);
    Error error = response ? Error{} : response.error();
    if (!error) {
        if (const auto* refused = std::get_if<protocol::ErrorResponse>(&response->message)) {
            prepare_failed(entry, refused->as_error());
            return {};
        }
        auto* result = std::get_if<protocol::ResultResponse>(&response->message);
        if (auto* prepared = result ? std::get_if<protocol::PreparedResult>(&result->body) : nullptr) {
            accept_prepared(entry, Prepared::make(entry.text, std::move(*prepared)));
            return {};
        }
        error = {errc::protocol,
                 "the server answered PREPARE with " + std::string{name_of(answer.header.opcode)} + " of another kind"};
    }
    prepare_failed(entry, error);
    return error;
}

/// Values that were encoded for what the statement was before must still be what it is now.
void SessionLoop::accept_prepared(PreparedCache::Entry& entry, std::shared_ptr<const Prepared> prepared)
{
    const auto before = std::exchange(entry.prepared, std::move(prepared));
    entry.is_pending = false;
    if (before && (before->id != entry.prepared->id || !same_types(before->bind_columns, entry.prepared->bind_columns)))
        return prepare_failed(entry, {errc::invalid_query, "the statement is another one since its schema changed; "
                                                           "prepare it again: " +
                                                               entry.text});
    if (before && !same_columns(before->result.get(), entry.prepared->result.get()))
        before->is_stale.store(true, std::memory_order_relaxed);
    release_waiting(entry);
}

void SessionLoop::prepare_failed(PreparedCache::Entry& entry, const Error& error)
{
    RequestList failed{queued_};
    while (auto* request = entry.waiting.pop_front())
        failed.push_back(*request);
    cache_.remove(entry);
    while (auto* request = failed.pop_front())
        finish(*request, error);
}

/// No answer, and there will be none, or it is for a keyspace left meanwhile: those who wait ask again when there is a
/// connection, as long as they have time.
void SessionLoop::prepare_interrupted(PreparedCache::Entry& entry) noexcept
{
    if (entry.is_linked())
        state().unlink(entry);
    if (entry.stream >= 0)
        connection_->core().abandon(entry);
    release_waiting(entry);
    cache_.remove(entry);
    submit_waiting();
}

void SessionLoop::release_waiting(PreparedCache::Entry& entry)
{
    RequestList reversed{queued_};
    while (auto* request = entry.waiting.pop_front())
        reversed.push_front(*request);
    while (auto* request = reversed.pop_front())
        waiting_.push_front(*request);
    if (!entry.is_pending)
        submit_waiting();
}

namespace {

/// Which of the request's prepared statements has this id; null: none.
std::shared_ptr<const Prepared>* find_prepared(Request& request, const std::vector<std::byte>& id)
{
    const auto has_id = [&](const auto& prepared) { return prepared && prepared->id == id; };
    if (has_id(request.prepared))
        return &request.prepared;
    if (!request.extras)
        return nullptr;
    const auto found = std::ranges::find_if(request.extras->prepared, has_id);
    return found == request.extras->prepared.end() ? nullptr : &*found;
}

/// True once for each statement of the request.
bool begin_again(Request& request, const std::vector<std::byte>& id)
{
    if (!request.extras)
        return !std::exchange(request.is_prepared_again, true);
    auto& ids = request.extras->prepared_again;
    if (std::ranges::find(ids, id) != ids.end())
        return false;
    ids.push_back(id);
    return true;
}

}

/// The server has forgotten a statement: once each, it is prepared again on this connection, and sent again.
/// False: the error stands.
bool SessionLoop::prepare_again(Request& request, const Error& error)
{
    const auto* fields = std::get_if<UnpreparedFields>(&error.fields());
    auto* forgotten = fields ? find_prepared(request, fields->id) : nullptr;
    if (!forgotten || request.is_lent || !can_send() || !begin_again(request, fields->id))
        return false;
    const auto prepared = std::exchange(*forgotten, nullptr);
    auto* entry = cache_.find(prepared->text, false);
    if (!entry)
        (entry = &cache_.add(prepared->text))->is_pending = false;
    if (!entry->is_pending) {
        entry->prepared = prepared;
        send_prepare(*entry);
    }
    wait_for(*entry, request);
    return true;
}

}
