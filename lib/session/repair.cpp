#include "lib/session/repair.hpp"

#include "lib/session/session_loop.hpp"
#include <algorithm>
#include <protocol/prepare.hpp>
#include <protocol/response.hpp>

// A host has forgotten a statement: it is prepared there again, and sent there again.

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

/// True once for each statement of an attempt.
bool begin_repair(Request& request, const std::vector<std::byte>& id)
{
    if (!request.extras) {
        StatementAccess::own_text(request.statement); // what it was prepared as may not be needed any more
        return !std::exchange(request.is_repaired, true);
    }
    auto& ids = request.extras->repaired;
    if (std::ranges::find(ids, id) != ids.end())
        return false;
    ids.push_back(id);
    return true;
}

}

/// Once an attempt each of the request's statements is prepared again where it was forgotten. Those that others have
/// asked for there already are waited for. False: the error stands.
bool SessionLoop::repair(Request& request, const Error& error)
{
    const auto* fields = std::get_if<UnpreparedFields>(&error.fields());
    const auto* forgotten = fields ? find_prepared(request, fields->id) : nullptr;
    if (!forgotten || request.is_lent || !begin_repair(request, fields->id))
        return false;
    auto* repair = find_repair(*request.connection, fields->id);
    if (!repair && !request.connection->core().has_free_stream())
        return false;
    if (!repair) {
        log().write(LogLevel::debug,
                    request.connection->host() + " has forgotten a statement, which is prepared there again");
        repair = &send_repair(*request.connection, request.host, *forgotten);
        ++meter_.reprepares;
    }
    if (may_wait(request))
        repair->waiting.push_back(request);
    return true;
}

/// Null: none is on its way there.
Repair* SessionLoop::find_repair(const Connection& connection, const std::vector<std::byte>& id) noexcept
{
    const auto found = std::ranges::find_if(
        repairs_, [&](const auto& repair) { return repair->connection == &connection && repair->forgotten->id == id; });
    return found == repairs_.end() ? nullptr : found->get();
}

Repair& SessionLoop::send_repair(Connection& connection, HostIndex host,
                                 const std::shared_ptr<const Prepared>& forgotten)
{
    auto& repair = *repairs_.emplace_back(std::make_unique<Repair>(meter_.queued));
    repair.session = this;
    repair.connection = &connection;
    repair.host = host;
    repair.forgotten = forgotten;
    repair.keyspace_generation = keyspace_generation_;
    repair.answered = [](Exchange& exchange, const Answer& answer) {
        auto& self = static_cast<Repair&>(exchange);
        return self.session->on_repaired(self, answer);
    };
    repair.lost = [](Exchange& exchange, const Error& error) noexcept {
        auto& self = static_cast<Repair&>(exchange);
        self.session->repair_failed(self.session->take(self), error);
    };
    repair.expire = [](Deadline& deadline) noexcept {
        auto& self = static_cast<Repair&>(deadline);
        self.connection->core().abandon(self);
        self.session->repair_failed(self.session->take(self), {errc::request_timeout, "PREPARE was not answered"});
    };
    state().link(repair, state().after(settings_->options.request_timeout));
    const protocol::Prepare message{repair.forgotten->text};
    auto& core = repair.connection->core();
    protocol::Writer out{core.begin(repair, protocol::Opcode::prepare, 0, message.encoded_size())};
    message.encode(out);
    core.finish();
    repair.connection->submitted();
    return repair;
}

std::unique_ptr<Repair> SessionLoop::take(Repair& repair) noexcept
{
    if (repair.is_linked())
        state().unlink(repair);
    const auto found = std::ranges::find(repairs_, &repair, [](const auto& pointer) { return pointer.get(); });
    auto taken = std::move(*found);
    repairs_.erase(found);
    return taken;
}

Error SessionLoop::on_repaired(Repair& ended, const Answer& answer)
{
    auto repair = take(ended);
    const bool is_spread = repair->is_spread;
    const auto host = repair->host;
    auto prepared = read_prepared(answer, repair->forgotten->text, *repair->connection);
    if (!prepared) {
        repair_failed(std::move(repair), prepared.error());
        return prepared.error().code() == errc::protocol ? prepared.error() : Error{};
    }
    const auto& before = *repair->forgotten;
    const bool is_same = before.id == (*prepared)->id && same_types(before.bind_columns, (*prepared)->bind_columns);
    if (repair->keyspace_generation != keyspace_generation_)
        ask_anew(std::move(repair));
    else if (is_same)
        accept_repaired(std::move(repair), *prepared);
    else if (!repair->waiting.empty() || before.id == (*prepared)->id)
        refuse_repaired(std::move(repair));
    if (is_spread)
        spread_ended(host);
    return {};
}

/// Values that were encoded for what the statement was before are still what it is now. What any loop has of it with
/// other result columns is of no use any more.
void SessionLoop::accept_repaired(std::unique_ptr<Repair> repair, const std::shared_ptr<const Prepared>& prepared)
{
    const auto outdate = [&](const std::shared_ptr<const Prepared>& former) {
        if (former && !same_columns(former->result.get(), prepared->result.get()))
            former->is_stale.store(true, std::memory_order_relaxed);
    };
    outdate(commons_->statements.replace({connection_options_.handshake.keyspace, prepared->text}, prepared));
    outdate(repair->forgotten);
    if (auto* entry = cache_.find(prepared->text, false); entry && !entry->is_pending)
        outdate(std::exchange(entry->prepared, prepared));
    while (auto* request = repair->waiting.pop_front()) {
        if (auto* forgotten = find_prepared(*request, prepared->id))
            *forgotten = prepared;
        request->host = repair->host;
        request->stays = true;
        submit(*request);
    }
}

/// An answer said what the columns of the statement are now. Its keyspace may have been left meanwhile.
void SessionLoop::accept_columns(const std::shared_ptr<const Prepared>& prepared)
{
    auto* entry = cache_.find(prepared->text, false);
    if (!entry || !entry->prepared || entry->prepared->id != prepared->id)
        return;
    (void)commons_->statements.replace({connection_options_.handshake.keyspace, prepared->text}, prepared);
    entry->prepared = prepared;
}

void SessionLoop::refuse_repaired(std::unique_ptr<Repair> repair)
{
    const auto& text = repair->forgotten->text;
    commons_->statements.forget({connection_options_.handshake.keyspace, text});
    if (auto* entry = cache_.find(text, false); entry && !entry->is_pending)
        cache_.remove(*entry);
    const Error error{errc::invalid_query,
                      "the statement is another one since its schema changed; prepare it again: " + text};
    while (auto* request = repair->waiting.pop_front())
        finish(*request, error);
}

/// It was prepared in a keyspace that was left meanwhile.
void SessionLoop::ask_anew(std::unique_ptr<Repair> repair)
{
    while (auto* request = repair->waiting.pop_front()) {
        if (auto* forgotten = find_prepared(*request, repair->forgotten->id))
            forgotten->reset();
        submit(*request);
    }
}

void SessionLoop::repair_failed(std::unique_ptr<Repair> repair, const Error& error) noexcept
{
    while (auto* request = repair->waiting.pop_front()) {
        request->host = repair->host;
        request->connection = repair->connection;
        failed(*request, error, true, true);
    }
    if (repair->is_spread)
        spread_ended(repair->host);
}

}
