#include <lib/testing/request_view.hpp>
#include <lib/testing/responder.hpp>
#include <lib/testing/supported_options.hpp>
#include <lib/testing/system_tables.hpp>
#include <protocol/result.hpp>

namespace coodie::testing {
namespace {

Answer protocol_error(std::string_view sentence)
{
    return error(errc::protocol_error, sentence);
}

/// Metadata of what executing a statement gives.
const ResultMetadata& columns_of(const Answer& answer)
{
    static const ResultMetadata none;
    return answer.rows ? answer.rows->metadata() : none;
}

std::string text_of(Cell cell)
{
    return {reinterpret_cast<const char*>(cell.data), cell.bytes().size()};
}

}

std::string refusal_of(Dialogue::Phase phase, Opcode opcode)
{
    const std::string unexpected = "Unexpected message " + std::string{name_of(opcode)} + ", expecting ";
    switch (phase) {
    case Dialogue::Phase::fresh:
        return opcode == Opcode::startup || opcode == Opcode::options ? "" : unexpected + "STARTUP or OPTIONS";
    case Dialogue::Phase::authenticating:
        return opcode == Opcode::auth_response || opcode == Opcode::options ? "" : unexpected + "SASL_RESPONSE";
    case Dialogue::Phase::ready:
        return opcode == Opcode::startup || opcode == Opcode::auth_response ? unexpected + "no handshake any more" : "";
    }
    return {};
}

Answer Responder::respond(Dialogue& dialogue, const Incoming& incoming)
{
    if (!incoming.decoded)
        return protocol_error(incoming.seen.problem);
    if (const auto refusal = refusal_of(dialogue.phase, incoming.header.opcode); !refusal.empty())
        return protocol_error(refusal);
    auto answer = std::visit([&](const auto& message) { return to(dialogue, message); }, incoming.decoded->message);
    if (incoming.seen.tracing && !answer.tracing_id)
        trace(dialogue, incoming, answer);
    return answer;
}

void Responder::said(Dialogue& dialogue, const Incoming& incoming, const Answer& answer)
{
    if (answer.opcode == Opcode::ready || answer.opcode == Opcode::auth_success)
        dialogue.phase = Dialogue::Phase::ready;
    if (answer.opcode == Opcode::authenticate)
        dialogue.phase = Dialogue::Phase::authenticating;
    if (answer.keyspace)
        dialogue.keyspace = *answer.keyspace;
    if (!answer.prepared_id.empty() && !incoming.seen.cql.empty())
        model_.nodes[dialogue.node].prepared[answer.prepared_id] = {incoming.seen.cql.front(), dialogue.keyspace};
}

Answer Responder::to(Dialogue& dialogue, const protocol::Startup& startup)
{
    for (const auto& [name, value] : startup.options) {
        if (name == "COMPRESSION" && !(dialogue.compression = protocol::compression_named(value)))
            return protocol_error("Unknown compression algorithm: " + std::string{value});
        if (name == "SCYLLA_USE_METADATA_ID")
            dialogue.with_metadata_id = true;
    }
    return model_.options.username.empty() ? ready() : authenticate(model_.options.authenticator);
}

Answer Responder::to(const Dialogue& dialogue, const protocol::Options&)
{
    return supported(supported_options(model_, model_.nodes[dialogue.node], dialogue.shard));
}

Answer Responder::to(const Dialogue&, const protocol::AuthResponse& response)
{
    const auto& options = model_.options;
    if (text_of(response.token) == std::string{'\0'} + options.username + '\0' + options.password)
        return auth_success();
    return error(errc::bad_credentials, "Provided username and/or password are incorrect");
}

Answer Responder::to(Dialogue& dialogue, const protocol::Register& message)
{
    for (const auto type : message.event_types)
        dialogue.event_types.emplace_back(type);
    return ready();
}

Answer Responder::to(const Dialogue& dialogue, const protocol::Prepare& prepare)
{
    const std::string cql{prepare.cql};
    const auto id = digest_of(dialogue.keyspace + '\0' + cql);
    protocol::PreparedResult result{.id = id};
    ResultMetadata columns;
    if (const auto* known = model_.find_primed(cql)) {
        if (known->answer.opcode == Opcode::error && known->bind_columns.empty())
            return known->answer;
        columns = columns_of(known->answer);
        result.bind_columns.columns = known->bind_columns;
        result.partition_key = known->partition_key;
        result.flags = known->lightweight_transaction ? lightweight_bit : 0;
    } else if (const auto select = SystemSelect::parse(cql, dialogue.keyspace)) {
        if (const auto problem = select->check(model_))
            return error(problem.code(), problem.message());
        columns = select->columns();
        result.bind_columns.columns = select->bind_columns();
    }
    const auto metadata_id = metadata_id_of(columns);
    if (dialogue.with_metadata_id)
        result.result_metadata_id = metadata_id;
    result.result_metadata = metadata_of(columns);
    auto answer = answer_with(protocol::ResultResponse{std::move(result)});
    answer.prepared_id = id;
    return answer;
}

Answer Responder::to(const Dialogue& dialogue, const protocol::Query& query)
{
    return to_statement(dialogue, {std::string{query.cql}, dialogue.keyspace}, query.parameters);
}

Answer Responder::to(const Dialogue& dialogue, const protocol::Execute& execute)
{
    const std::vector<std::byte> id{execute.id.begin(), execute.id.end()};
    const auto& prepared = model_.nodes[dialogue.node].prepared;
    const auto known = prepared.find(id);
    if (known == prepared.end())
        return error(errc::unprepared,
                     "Prepared query with ID not found (either the query was not prepared on this "
                     "host (maybe the host has been restarted?) or you have prepared too many "
                     "queries and it has been evicted from the internal cache)",
                     UnpreparedFields{id});
    return to_statement(dialogue, known->second, execute.parameters);
}

Answer Responder::to(const Dialogue& dialogue, const protocol::Batch& batch)
{
    const auto& prepared = model_.nodes[dialogue.node].prepared;
    for (const auto& statement : batch.statements)
        if (const auto* id = std::get_if<protocol::Bytes>(&statement.text_or_id)) {
            std::vector<std::byte> wanted{id->begin(), id->end()};
            if (!prepared.contains(wanted))
                return error(errc::unprepared, "Batch contains an unprepared statement",
                             UnpreparedFields{std::move(wanted)});
        }
    return void_answer();
}

Answer Responder::to_statement(const Dialogue& dialogue, const KnownStatement& statement,
                               const protocol::QueryParameters& parameters)
{
    return page_of(content_of(dialogue, statement, parameters), parameters.page_size,
                   parameters.paging_state.value_or(protocol::Bytes{}));
}

Answer Responder::content_of(const Dialogue& dialogue, const KnownStatement& statement,
                             const protocol::QueryParameters& parameters) const
{
    if (const auto* known = model_.find_primed(statement.cql))
        return known->answer;
    if (auto keyspace = parse_use(statement.cql)) {
        if (!model_.has_keyspace(*keyspace))
            return error(errc::invalid_request, "Keyspace '" + *keyspace + "' does not exist");
        return set_keyspace(*std::move(keyspace));
    }
    const auto select = SystemSelect::parse(statement.cql, statement.keyspace);
    if (!select)
        return void_answer();
    if (const auto problem = select->check(model_))
        return error(problem.code(), problem.message());
    return select->rows(model_, dialogue.node, parameters.values ? cells_of(*parameters.values) : std::vector<Cell>{});
}

void Responder::trace(const Dialogue& dialogue, const Incoming& incoming, Answer& answer)
{
    const auto& node = model_.nodes[dialogue.node];
    const auto id = Uuid::random();
    answer.tracing_id = id;
    const auto& cql = incoming.seen.cql;
    model_.trace_sessions.push_back({{"session_id", id},
                                     {"client", dialogue.client},
                                     {"command", "QUERY"},
                                     {"coordinator", node.address},
                                     {"coordinator_port", 7000},
                                     {"duration", 1000},
                                     {"parameters", Value::Map{{"query", cql.empty() ? "" : cql.front()}}},
                                     {"request", "Execute CQL3 query"},
                                     {"started_at", current_timestamp()}});
    for (const auto* activity : {"Parsing the statement", "Answering it"})
        model_.trace_events.push_back({{"session_id", id},
                                       {"event_id", TimeUuid::now()},
                                       {"activity", activity},
                                       {"source", node.address},
                                       {"source_elapsed", 500},
                                       {"source_port", 7000},
                                       {"thread", "Native-Transport-Requests-1"}});
}

}
