#include <coodie/testing/answer.hpp>
#include <coodie/value.hpp>
#include <lib/testing/frames.hpp>
#include <lib/testing/supported_options.hpp>
#include <protocol/response.hpp>
#include <protocol/types.hpp>

namespace coodie::testing {
namespace {

constexpr auto first_server_code = static_cast<std::int32_t>(errc::server_error);

/// Fields that an error of this code can have.
ServerFields likely_fields(errc code)
{
    constexpr auto level = Consistency::quorum;
    // Only the server's codes have fields.
    if (code == errc::unavailable)
        return UnavailableFields{level, 2, 1};
    if (code == errc::write_timeout)
        return WriteTimeoutFields{level, 1, 2, "SIMPLE"};
    if (code == errc::read_timeout)
        return ReadTimeoutFields{level, 1, 2, false};
    if (code == errc::read_failure)
        return ReadFailureFields{level, 1, 2, 1, false};
    if (code == errc::write_failure)
        return WriteFailureFields{level, 1, 2, 1, "SIMPLE"};
    if (code == errc::function_failure)
        return FunctionFailureFields{"test", "f", {}};
    if (code == errc::already_exists)
        return AlreadyExistsFields{"test", ""};
    if (code == errc::unprepared)
        return UnpreparedFields{std::vector<std::byte>(16)};
    if (code == errc::cas_write_unknown)
        return CasWriteUnknownFields{Consistency::serial, 1, 2};
    if (code == errc::rate_limit)
        return RateLimitFields{};
    return {};
}

std::int32_t number_of(errc code)
{
    return code == errc::rate_limit ? rate_limit_code : static_cast<std::int32_t>(code) - first_server_code;
}

}

Answer::Answer(Rows content) : rows{std::make_shared<const Rows>(std::move(content))} {}

Answer::Answer(const SchemaChange& change) : Answer{answer_with(protocol::ResultResponse{change})} {}

Answer& Answer::warning(std::string text)
{
    warnings.push_back(std::move(text));
    return *this;
}

Answer& Answer::payload(std::string key, std::optional<std::vector<std::byte>> value)
{
    custom_payload.insert_or_assign(std::move(key), std::move(value));
    return *this;
}

Answer& Answer::traced(Uuid id)
{
    tracing_id = id;
    return *this;
}

Answer& Answer::tablet(std::int64_t first, std::int64_t last,
                       const std::vector<std::pair<Uuid, std::int32_t>>& replicas)
{
    static const auto type = protocol::parse_cql_type("tuple<bigint, bigint, list<tuple<uuid, int>>>").value();
    Value::List list;
    for (const auto& [host, shard] : replicas)
        list.emplace_back(Value::List{host, shard});
    return payload("tablets-routing-v1", encode(Value::List{first, last, std::move(list)}, type).value());
}

Answer void_answer()
{
    return answer_with(protocol::ResultResponse{protocol::VoidResult{}});
}

Answer ready()
{
    return answer_with(protocol::Ready{});
}

Answer error(errc code, std::string_view message, ServerFields fields)
{
    if (std::holds_alternative<std::monostate>(fields))
        fields = likely_fields(code);
    return answer_with(protocol::ErrorResponse{number_of(code), message, std::move(fields)});
}

Answer error(std::int32_t code, std::string_view message)
{
    return answer_with(protocol::ErrorResponse{code, message});
}

Answer set_keyspace(std::string keyspace)
{
    auto answer = answer_with(protocol::ResultResponse{protocol::SetKeyspaceResult{keyspace}});
    answer.keyspace = std::move(keyspace);
    return answer;
}

Answer authenticate(std::string_view authenticator)
{
    return answer_with(protocol::Authenticate{authenticator});
}

Answer auth_challenge(std::span<const std::byte> token)
{
    return answer_with(protocol::AuthChallenge{protocol::cell_of(token)});
}

Answer auth_success()
{
    return answer_with(protocol::AuthSuccess{});
}

Answer supported(const std::map<std::string, std::vector<std::string>>& options)
{
    protocol::Supported message;
    for (const auto& [name, values] : options)
        message.options.emplace_back(name, protocol::StringList(values.begin(), values.end()));
    return answer_with(message);
}

Answer prepared(std::vector<std::byte> id, std::vector<ColumnSpec> bind_columns,
                std::vector<std::uint16_t> partition_key, const ResultMetadata& result)
{
    protocol::PreparedResult message{.id = id, .partition_key = std::move(partition_key)};
    message.bind_columns.columns = std::move(bind_columns);
    message.result_metadata = metadata_of(result);
    auto answer = answer_with(protocol::ResultResponse{std::move(message)});
    answer.prepared_id = std::move(id);
    return answer;
}

Answer message(Opcode opcode, std::vector<std::byte> body)
{
    Answer answer;
    answer.opcode = opcode;
    answer.body = std::move(body);
    return answer;
}

Answer message(Opcode opcode, std::string_view body)
{
    return message(opcode, blob(body));
}

ColumnSpec column(std::string name, std::string_view type, std::string keyspace, std::string table)
{
    auto parsed = protocol::parse_cql_type(type);
    if (!parsed)
        Error{errc::configuration, "column '" + name + "': " + parsed.error().message()}.raise();
    return {std::move(keyspace), std::move(table), std::move(name), *std::move(parsed)};
}

}
