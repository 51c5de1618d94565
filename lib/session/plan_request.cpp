#include "lib/policies/lightweight.hpp"
#include "lib/session/session_loop.hpp"

#include <algorithm>
#include <protocol/routing_key.hpp>

// What a load balancing policy may know of a request. Only where there is a choice.

namespace coodie::detail {

namespace {

std::optional<Token> token_of(const Statement& statement, const Prepared* prepared, protocol::Partitioner partitioner)
{
    if (const auto* extras = statement.extras(); extras && !extras->routing_key.empty())
        return protocol::token_of(extras->routing_key, partitioner);
    if (!prepared)
        return {};
    return protocol::routing_token(statement.values(), prepared->partition_key, partitioner);
}

bool is_lwt(const Statement& statement, const Prepared* prepared) noexcept
{
    return prepared ? prepared->is_lwt : policies::is_lightweight(statement.text());
}

bool is_conditional(const Statement& statement)
{
    return is_lwt(statement, StatementAccess::prepared(statement).get());
}

/// What is known of it before it is prepared for its own execution. Null: nothing.
const Prepared* known(const Statement& statement, PreparedCache& cache)
{
    if (const auto& own = StatementAccess::prepared(statement))
        return own.get();
    if (!has_values(statement))
        return nullptr;
    const auto* entry = cache.find(statement.text(), StatementAccess::is_constant(statement));
    return entry ? entry->prepared.get() : nullptr;
}

}

PlanRequest SessionLoop::plan_request(Request& request)
{
    PlanRequest asked{.consistency = consistency_of(request)};
    if (!pools_.has_choice())
        return asked;
    const auto& options = request.statement.options();
    asked.serial_consistency = options.serial_consistency.value_or(request.profile->serial_consistency);
    asked.keyspace = connection_options_.handshake.keyspace;
    if (request.extras)
        describe(*request.extras, asked);
    else
        describe(request.statement, request.prepared.get(), asked);
    return asked;
}

bool SessionLoop::is_lwt(const Request& request) noexcept
{
    if (!request.extras)
        return detail::is_lwt(request.statement, request.prepared.get());
    return std::ranges::any_of(request.extras->batch.statements, is_conditional);
}

/// A batch goes where its first statement goes of which that is known.
void SessionLoop::describe(RequestExtras& extras, PlanRequest& asked)
{
    auto& statements = extras.batch.statements;
    asked.is_lwt = std::ranges::any_of(statements, is_conditional);
    for (std::size_t i = 0; i < statements.size() && !asked.token; ++i)
        describe(statements[i], extras.prepared[i].get(), asked);
}

void SessionLoop::describe(Statement& statement, const Prepared* prepared, PlanRequest& asked)
{
    if (!prepared)
        prepared = known(statement, cache_);
    asked.is_lwt |= detail::is_lwt(statement, prepared);
    if (prepared && !prepared->bind_columns.empty()) {
        asked.keyspace = prepared->bind_columns.front().keyspace;
        asked.table = prepared->bind_columns.front().table;
    }
    const auto partitioner = pools_.partitioner();
    if (!partitioner)
        return;
    // What does not fit is told when it is executed.
    if (prepared && statement.values().count() == 0 && has_values(statement) && encode_values(statement, *prepared))
        return;
    asked.token = token_of(statement, prepared, *partitioner);
}

}
