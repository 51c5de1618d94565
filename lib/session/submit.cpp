#include "lib/session/session_loop.hpp"
#include "lib/session/use_keyspace.hpp"

#include <algorithm>
#include <protocol/batch.hpp>
#include <protocol/body_prefix.hpp>
#include <protocol/execute.hpp>
#include <protocol/query.hpp>

// From a request to a frame.

namespace coodie::detail {

namespace {

protocol::QueryParameters parameters_of(const Statement& statement, const Profile& profile)
{
    const auto& options = statement.options();
    protocol::QueryParameters parameters{.consistency = options.consistency.value_or(profile.consistency)};
    if (statement.values().count() != 0)
        parameters.values.emplace(statement.values());
    parameters.page_size = options.page_size.value_or(profile.page_size);
    if (options.serial_consistency || profile.serial_consistency != Consistency::serial)
        parameters.serial_consistency = options.serial_consistency.value_or(profile.serial_consistency);
    parameters.timestamp = options.timestamp;
    if (const auto* extras = statement.extras(); extras && !extras->paging_state.empty())
        parameters.paging_state = extras->paging_state;
    return parameters;
}

bool is_traced(const Request& request) noexcept
{
    return request.statement.options().tracing.value_or(request.profile->tracing);
}

bool is_sent_as_text(const Statement& statement) noexcept
{
    switch (statement.kind()) {
    case StatementKind::simple: return true;
    case StatementKind::prepared: return false;
    case StatementKind::automatic: break;
    }
    return !has_values(statement) && !StatementAccess::prepared(statement);
}

}

/// The other loops of the session would hear nothing of a USE.
Error SessionLoop::check_use(std::string_view text) const
{
    if (settings_->loops() > 1 && is_use(text)) [[unlikely]]
        return {errc::invalid_query, "USE would switch one of the session's connections only; call set_keyspace"};
    return {};
}

/// What a statement must not be to travel as text.
Error SessionLoop::check_text(const Statement& statement) const
{
    if (auto error = check_use(statement.text())) [[unlikely]]
        return error;
    if (!statement.extras() || !statement.extras()->has_values) [[likely]]
        return {};
    return {errc::invalid_query, "values whose types only the server knows need a prepared statement, and this one is "
                                 "sent as it is"};
}

/// False: it waits for a connection.
bool SessionLoop::submit(Request& request)
{
    request.connection = target(request);
    if (!request.connection) [[unlikely]]
        return !await_target(request);
    submit_there(request);
    return true;
}

void SessionLoop::submit_there(Request& request)
{
    if (!request.extras) [[likely]]
        submit_statement(request);
    else
        submit_extras(request);
}

void SessionLoop::submit_extras(Request& request)
{
    switch (request.extras->kind) {
    case RequestExtras::Kind::batch: return submit_batch(request);
    case RequestExtras::Kind::prepare: return submit_prepare(request);
    case RequestExtras::Kind::use: return send_query(request);
    case RequestExtras::Kind::schema_change: return; // it was answered
    }
}

void SessionLoop::submit_statement(Request& request)
{
    if (is_sent_as_text(request.statement))
        return send_query(request);
    if (const auto& own = StatementAccess::prepared(request.statement); own && own->is_current())
        request.prepared = StatementAccess::take_prepared(request.statement);
    else if (!request.prepared)
        if (auto* pending = look_up(request, request.statement, request.prepared))
            return wait_for(*pending, request);
    send_execute(request);
}

/// What was prepared for the statement; or the entry to wait at, whose PREPARE is on its way then.
/// Only when a stream is free.
PreparedCache::Entry* SessionLoop::look_up(Request& request, const Statement& statement,
                                           std::shared_ptr<const Prepared>& prepared)
{
    if (const auto& own = StatementAccess::prepared(statement); own && own->is_current()) {
        prepared = own;
        return nullptr;
    }
    auto* entry = cache_.find(statement.text(), StatementAccess::is_constant(statement));
    if (!entry || !entry->is_usable()) [[unlikely]]
        entry = &learn(statement.text(), request);
    if (entry->is_pending)
        return entry;
    prepared = entry->prepared;
    return nullptr;
}

void SessionLoop::submit_batch(Request& request)
{
    auto& extras = *request.extras;
    if (std::exchange(extras.keyspace_generation, keyspace_generation_) != keyspace_generation_)
        std::ranges::fill(extras.prepared, nullptr);
    PreparedCache::Entry* pending = nullptr;
    for (std::size_t i = 0; i < extras.batch.statements.size(); ++i) {
        const auto& statement = extras.batch.statements[i];
        if (extras.prepared[i] || is_sent_as_text(statement))
            continue;
        if (!request.connection->core().has_free_stream())
            break; // the last went to a PREPARE
        if (auto* entry = look_up(request, statement, extras.prepared[i]))
            pending = entry;
    }
    if (pending)
        return wait_for(*pending, request);
    send_batch(request);
}

namespace {

/// Values that the request lends to its frame; empty: they are copied.
template <class Message> protocol::Bytes large_values(const Message& message, const ConnectionCore& core) noexcept
{
    if constexpr (requires { message.parameters; })
        if (const auto& values = message.parameters.values; values && core.may_borrow(values->bytes.size()))
            [[unlikely]]
            return values->bytes;
    return {};
}

template <class Message>
void encode_around(protocol::Bytes large, const Message& message, ConnectionCore& core, Request& lender,
                   protocol::Writer& out)
{
    if constexpr (requires { message.parameters; }) {
        auto rest = message;
        rest.parameters.values->bytes = {};
        rest.encode(out);
        core.borrow(lender, large, message.parameters.size_after_values());
    }
}

}

template <class Message>
void SessionLoop::send(Request& request, const Message& message, const protocol::CustomPayload* payload, bool tracing)
{
    protocol::BodyPrefix prefix;
    if (payload && !payload->empty()) [[unlikely]] {
        if (auto error = protocol::check_custom_payload(*payload))
            return finish_later(request, std::move(error));
        prefix.custom_payload = protocol::bytes_map_of(*payload);
    }
    const auto message_size = message.encoded_size();
    if (auto error = message.check(message_size)) [[unlikely]]
        return finish_later(request, std::move(error));
    const auto size = prefix.encoded_size() + message_size;
    if (auto error = check_size(size)) [[unlikely]]
        return finish_later(request, std::move(error));
    const auto flags = static_cast<std::uint8_t>(prefix.flags() | (tracing ? protocol::flag::tracing : 0));
    auto& core = request.connection->core();
    const auto large = large_values(message, core);
    protocol::Writer out{core.begin(request, Message::code, flags, size, large.size())};
    prefix.encode(out);
    if (large.empty()) [[likely]]
        message.encode(out);
    else
        encode_around(large, message, core, request, out);
    core.finish();
    if (request.observation || request.race) [[unlikely]]
        observe_attempt(request);
    request.connection->submitted();
    if (request.profile->is_watched) [[unlikely]]
        watch(request);
}

Error SessionLoop::check_size(std::size_t size) const
{
    if (size <= settings_->options.max_frame) [[likely]]
        return {};
    return {errc::invalid_query, "the request has " + std::to_string(size) + " bytes, above the limit of " +
                                     std::to_string(settings_->options.max_frame) + " (max_frame); split it"};
}

void SessionLoop::send_query(Request& request)
{
    const auto& statement = request.statement;
    const bool is_own_use = request.extras != nullptr;
    if (auto error = is_own_use ? Error{} : check_text(statement)) [[unlikely]]
        return finish_later(request, std::move(error));
    const auto* extras = statement.extras();
    const protocol::Query message{statement.text(), parameters_of(statement, *request.profile)};
    send(request, message, extras ? &extras->custom_payload : nullptr, is_traced(request));
}

void SessionLoop::send_execute(Request& request)
{
    auto& statement = request.statement;
    const auto& prepared = *request.prepared;
    if (auto error = fit(statement, prepared)) [[unlikely]]
        return finish_later(request, std::move(error));
    const auto* extras = statement.extras();
    protocol::Execute message{prepared.id, {}, parameters_of(statement, *request.profile)};
    message.parameters.skip_metadata = prepared.skip_metadata;
    if (request.connection->core().has_metadata_ids()) [[unlikely]] {
        message.result_metadata_id = prepared.result_metadata_id;
        message.parameters.skip_metadata = !prepared.result_metadata_id.empty() && prepared.result;
    }
    send(request, message, extras ? &extras->custom_payload : nullptr, is_traced(request));
}

void SessionLoop::send_batch(Request& request)
{
    auto& batch = request.extras->batch;
    const auto& prepared = request.extras->prepared;
    const auto refuse = [&](std::size_t i, const Error& error) {
        finish_later(request,
                     {error.code(), "statement " + std::to_string(i + 1) + " of the batch: " + error.message()});
    };
    const auto& profile = *request.profile;
    const auto& options = request.statement.options();
    protocol::Batch message{.type = batch.type, .consistency = options.consistency.value_or(profile.consistency)};
    message.timestamp = options.timestamp;
    if (options.serial_consistency || profile.serial_consistency != Consistency::serial)
        message.serial_consistency = options.serial_consistency.value_or(profile.serial_consistency);
    message.statements.reserve(batch.statements.size());
    for (std::size_t i = 0; i < batch.statements.size(); ++i) {
        auto& statement = batch.statements[i];
        if (auto error = prepared[i] ? fit(statement, *prepared[i]) : check_text(statement)) [[unlikely]]
            return refuse(i, error);
        if (!prepared[i])
            message.statements.push_back({statement.text(), statement.values()});
        else
            message.statements.push_back({protocol::Bytes{prepared[i]->id}, statement.values()});
    }
    send(request, message, &batch.custom_payload, is_traced(request));
}

/// The values are what the server's bind markers take; encoded by their types if only they say how.
Error SessionLoop::fit(Statement& statement, const Prepared& prepared)
{
    if (statement.extras() && statement.extras()->has_values) [[unlikely]]
        return encode_values(statement, prepared);
    return prepared.check(statement);
}

}
