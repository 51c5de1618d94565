#include "lib/base/run_on.hpp"
#include "lib/session/session_loop.hpp"

#include <protocol/response.hpp>

// From an answer to a handler.

namespace coodie::detail {

namespace {

struct Outcome
{
    Error error; ///< the server's
    Rows rows;
};

std::unique_ptr<ResponseExtras>& extras_in(std::unique_ptr<ResponseExtras>& extras)
{
    if (!extras)
        extras = std::make_unique<ResponseExtras>();
    return extras;
}

/// The server says what a statement's columns are now.
void renew(Request& request, const protocol::RowsMetadata& metadata,
           const std::shared_ptr<const ResultMetadata>& columns)
{
    if (!request.prepared || metadata.specs.empty())
        return;
    StatementAccess::own_text(request.statement); // what it was prepared as may not be needed any more
    request.prepared->is_stale.store(true, std::memory_order_relaxed);
    request.prepared = request.prepared->with_columns(columns, metadata);
}

Rows rows_of(protocol::RowsResult&& result, const Answer& answer, const std::shared_ptr<const ResultMetadata>& cached,
             std::unique_ptr<ResponseExtras> extras, Request& request)
{
    auto& metadata = result.metadata;
    if (metadata.has_more_pages()) {
        const auto state = metadata.paging_state;
        extras_in(extras)->paging_state.assign(state.begin(), state.end());
    }
    auto columns = metadata.columns ? std::move(metadata.columns) : cached;
    if (metadata.new_metadata_id) [[unlikely]]
        renew(request, metadata, columns);
    auto bytes = result.rows != 0 ? answer.share() : SharedBytes{};
    return {std::move(bytes), std::move(columns), result.content, result.rows, std::move(extras)};
}

Rows rows_of(protocol::ResultResponse&& result, const Answer& answer,
             const std::shared_ptr<const ResultMetadata>& cached, std::unique_ptr<ResponseExtras> extras,
             Request& request)
{
    if (auto* rows = std::get_if<protocol::RowsResult>(&result.body))
        return rows_of(std::move(*rows), answer, cached, std::move(extras), request);
    if (auto* change = std::get_if<SchemaChange>(&result.body))
        extras_in(extras)->schema_change = std::move(*change);
    if (const auto* set = std::get_if<protocol::SetKeyspaceResult>(&result.body))
        extras_in(extras)->set_keyspace = set->keyspace;
    return {{}, nullptr, {}, 0, std::move(extras)};
}

/// Anything but a plain RESULT of no or some rows. Errors: what is wrong with the answer itself.
Error read_rare(const Answer& answer, const std::shared_ptr<const ResultMetadata>& cached,
                const protocol::KnownSpecs* known, Request& request, Outcome& outcome)
{
    auto context = request.connection->response_context();
    context.result.cached = cached.get();
    context.result.known = known;
    auto response = protocol::decode_response(answer.header, answer.body, context);
    if (!response)
        return response.error();
    if (const auto* error = std::get_if<protocol::ErrorResponse>(&response->message)) {
        outcome.error = error->as_error();
        return {};
    }
    auto* result = std::get_if<protocol::ResultResponse>(&response->message);
    if (!result || std::holds_alternative<protocol::PreparedResult>(result->body))
        return {errc::protocol, "the server answered a statement with " + std::string{name_of(answer.header.opcode)} +
                                    " of another kind"};
    std::unique_ptr<ResponseExtras> extras;
    if (answer.header.flags != 0)
        response->prefix.store(*extras_in(extras));
    outcome.rows = rows_of(std::move(*result), answer, cached, std::move(extras), request);
    return {};
}

/// The way of nearly every answer.
Error read(const Answer& answer, const std::shared_ptr<const ResultMetadata>& cached, const protocol::KnownSpecs* known,
           Request& request, Outcome& outcome)
{
    constexpr std::int32_t void_kind = 1;
    if (answer.header.opcode != protocol::Opcode::result || answer.header.flags != 0) [[unlikely]]
        return read_rare(answer, cached, known, request, outcome);
    protocol::Reader in{answer.body};
    const auto kind = protocol::read_result_kind(in);
    if (kind == protocol::RowsResult::kind) {
        auto result =
            protocol::RowsResult::decode(in, cached.get(), request.connection->core().has_metadata_ids(), known);
        if (!in.failed()) [[likely]]
            outcome.rows = rows_of(std::move(result), answer, cached, nullptr, request);
        return in.failed() ? in.finish("RESULT") : Error{};
    }
    if (kind == void_kind && !in.failed()) [[likely]]
        return {};
    return read_rare(answer, cached, known, request, outcome);
}

/// What was tried before stands in the error; where no host is left, in its sentence too.
Error with_history(Request& request, const Error& error)
{
    auto& attempts = request.failures->attempts;
    if (error.code() != errc::no_host_available)
        return error.with_attempts(std::move(attempts));
    auto sentence = error.message();
    for (const auto& attempt : attempts)
        sentence += "; " + attempt.host + ": " + attempt.message;
    return Error{error.code(), std::move(sentence)}.with_attempts(std::move(attempts));
}

/// The session's own USE must have been one.
Error check_switch(const RequestExtras& use, const Rows& rows)
{
    if (rows.extras() && rows.extras()->set_keyspace == use.keyspace)
        return {};
    return {errc::protocol, "the server did not switch to the keyspace '" + use.keyspace + "'"};
}

}

Error SessionLoop::answered(Request& request, const Answer& answer)
{
    static const std::shared_ptr<const ResultMetadata> unknown;
    stop_watching(request);
    Outcome outcome;
    const auto* prepared = request.prepared.get();
    auto error = read(answer, prepared ? prepared->result : unknown, prepared ? &prepared->result_specs : nullptr,
                      request, outcome);
    if (error) [[unlikely]] {
        note(request, error);
        finish(request, error);
        return error;
    }
    if (outcome.error) [[unlikely]] {
        if (repair(request, outcome.error))
            observe_end_of_attempt(request, outcome.error);
        else
            failed(request, outcome.error, true, may_be_repeated(request));
        return {};
    }
    if (request.prepared.get() != prepared) [[unlikely]]
        accept_columns(request.prepared);
    if (const auto* extras = outcome.rows.extras()) [[unlikely]] {
        if (!extras->set_keyspace.empty())
            in_keyspace(extras->set_keyspace, request.connection);
        if (!extras->custom_payload.empty())
            learn_tablet(request, *extras);
        if (!is_settled(request, outcome.rows)) {
            settle(request, std::move(outcome.rows));
            return {};
        }
    }
    if (request.extras && request.extras->kind == RequestExtras::Kind::use) [[unlikely]]
        outcome.error = check_switch(*request.extras, outcome.rows);
    if (request.profile->speculative) [[unlikely]]
        report_latency(request);
    finish(request, outcome.error, std::move(outcome.rows));
    return {};
}

void SessionLoop::finish(Request& request, const Error& error, Rows&& rows) noexcept
{
    stop_watching(request);
    if (request.failures) [[unlikely]]
        disarm(*request.failures);
    if (request.race) [[unlikely]]
        return execution_ended(request, error, std::move(rows));
    meter_.ended(state().now() - request.started, error);
    if (request.is_linked())
        state().unlink(request);
    if (request.ticket.load(std::memory_order_relaxed) != 0)
        request.ticket.store(0, std::memory_order_relaxed);
    if (error && state().is_ending()) [[unlikely]] {
        request.handler = {};
        return end(request);
    }
    if (request.observation) [[unlikely]]
        request.observation->ended(state(), request, error);
    const auto told = error && request.failures ? with_history(request, error) : error;
    auto thrown = told ? told.as_exception() : nullptr;
    try {
        if (request.handler) [[likely]]
            request.handler.complete(loop_, std::move(thrown), std::move(rows));
        else if (request.extras->use_done)
            request.extras->use_done(told);
        else
            request.extras->prepare_handler.complete(loop_, std::move(thrown), PreparedStatement{request.prepared});
    } catch (...) {
        state().rethrow_later(std::current_exception());
    }
    end(request);
}

/// A request that ends in a turn to come, or is dropped with the context that was to run it.
struct SessionLoop::Refused
{
    std::shared_ptr<SessionLoop> session;
    Request* request;
    Error error;

    void finish()
    {
        if (auto* ended = std::exchange(request, nullptr))
            session->finish(*ended, error);
    }
    ~Refused()
    {
        if (request)
            session->drop(*request, error);
    }
};

/// Ends a request that is not to be sent. Not at once: its caller may still be on the stack, and might try again.
/// One of several executions may end sooner, with the others.
void SessionLoop::finish_later(Request& request, Error error)
{
    auto refused = std::shared_ptr<Refused>{new Refused{shared_from_this(), &request, std::move(error)}};
    if (request.race) [[unlikely]] {
        if (!request.failures)
            request.failures = std::make_unique<Failures>();
        request.failures->ending = &refused->request;
    } else {
        if (request.is_linked())
            state().unlink(request);
        request.ticket.store(0, std::memory_order_relaxed);
    }
    const auto code = request.user_code ? Code::users : Code::ours;
    run_later(state(), [refused = std::move(refused)] { refused->finish(); }, code);
}

/// Without a word: its handler was to run where nothing runs any more.
void SessionLoop::drop(Request& request, const Error& error) noexcept
{
    meter_.ended({}, error);
    auto& leader = leader_of(request);
    if (leader.race)
        end_race(leader);
    if (leader.is_linked())
        state().unlink(leader);
    leader.handler = {};
    end(leader);
}

void SessionLoop::end(Request& request) noexcept
{
    const bool user_code = request.user_code;
    request.release();
    if (user_code)
        state().end_user_work();
    if (meter_.queued.value() != 0) [[unlikely]]
        submit_waiting();
}

}
