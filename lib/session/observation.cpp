#include "lib/session/observation.hpp"

#include "lib/base/loop_state.hpp"
#include "lib/base/run_on.hpp"
#include "lib/session/request.hpp"
#include "lib/session/use_keyspace.hpp"
#include <algorithm>

namespace coodie::detail {

namespace {

std::string upper(std::string_view word)
{
    std::string made{word};
    std::ranges::transform(made, made.begin(),
                           [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c & ~0x20) : c; });
    return made;
}

std::string operation_of(const Request& request)
{
    if (request.extras)
        switch (request.extras->kind) {
        case RequestExtras::Kind::batch: return "BATCH";
        case RequestExtras::Kind::prepare: return "PREPARE";
        case RequestExtras::Kind::use: return "USE";
        case RequestExtras::Kind::schema_change: break;
        }
    return upper(first_word(request.statement.text()));
}

/// A column of the table that a prepared statement reads or writes; null: none is known.
const ColumnSpec* column_of(const Prepared* prepared)
{
    if (!prepared)
        return nullptr;
    if (!prepared->bind_columns.empty())
        return &prepared->bind_columns.front();
    return prepared->result ? &prepared->result->columns.front() : nullptr;
}

template <class Call> void guarded(LoopState& loop, Call call) noexcept
{
    try {
        call();
    } catch (...) {
        loop.rethrow_later(std::current_exception());
    }
}

}

std::unique_ptr<Observation> Observation::begin(RequestObserver& observer, const Request& request, std::string keyspace)
{
    auto self = std::make_unique<Observation>();
    self->keyspace_ = std::move(keyspace);
    self->operation_ = operation_of(request);
    self->calls_->span = observer.started(self->described(request));
    return self->calls_->span ? std::move(self) : nullptr;
}

void Observation::make(Calls& calls, LoopState& loop) noexcept
{
    while (!calls.due.empty()) {
        const auto call = std::move(calls.due.front());
        calls.due.pop_front();
        guarded(loop, [&] { call(*calls.span); });
    }
}

void Observation::tell(LoopState& loop, std::function<void(RequestSpan&)> call)
{
    calls_->due.push_back(std::move(call));
    if (!std::exchange(calls_->is_scheduled, true))
        run_later(
            loop,
            [calls = calls_, &loop] {
                calls->is_scheduled = false;
                make(*calls, loop);
            },
            Code::ours);
}

ObservedRequest Observation::described(const Request& request) const
{
    const auto& statement = request.statement;
    const auto* prepared = request.prepared ? request.prepared.get() : StatementAccess::prepared(statement).get();
    const bool is_batch = request.extras && request.extras->kind == RequestExtras::Kind::batch;
    const auto* column = column_of(prepared);
    const auto& options = statement.options();
    return {.operation = operation_,
            .statement = statement.text(),
            .has_markers = prepared ? !prepared->bind_columns.empty() : has_values(statement),
            .batch_size = is_batch ? request.extras->batch.statements.size() : 0,
            .keyspace = column ? std::string_view{column->keyspace} : std::string_view{keyspace_},
            .table = column ? std::string_view{column->table} : std::string_view{},
            .consistency = options.consistency.value_or(request.profile->consistency),
            .page_size = is_batch ? 0 : options.page_size.value_or(request.profile->page_size),
            .idempotent = request.is_idempotent(),
            .attempts = attempts_,
            .speculative_executions = speculative_,
            .host = host_};
}

void Observation::attempt_started(LoopState& loop, const Request& execution, std::shared_ptr<const coodie::Host> host,
                                  bool is_speculative) noexcept
{
    host_ = host;
    speculative_ += is_speculative ? 1 : 0;
    const ObservedAttempt attempt{std::move(host), attempts_++, is_speculative};
    under_way_.push_back({&execution, attempt});
    tell(loop, [attempt](RequestSpan& span) { span.attempt_started(attempt); });
}

void Observation::attempt_ended(LoopState& loop, const Request& execution, const Error& error) noexcept
{
    const auto found = std::ranges::find(under_way_, &execution, &UnderWay::execution);
    if (found == under_way_.end())
        return;
    const auto attempt = std::move(found->attempt);
    under_way_.erase(found);
    if (!error)
        host_ = attempt.host;
    tell(loop, [attempt, error](RequestSpan& span) { span.attempt_ended(attempt, error); });
}

void Observation::ended(LoopState& loop, const Request& request, const Error& error) noexcept
{
    attempt_ended(loop, request, error);
    const auto calls = calls_;
    make(*calls, loop);
    guarded(loop, [&] { calls->span->ended(described(request), error); });
}

}
