// Bodies of requests, laid out and read again.
#include "kinds.hpp"

#include <protocol/request.hpp>

namespace vectors {

namespace {

using namespace coodie;
using namespace coodie::protocol;

/// Owns what messages view.
struct Values
{
    Blob bytes;
    std::size_t count = 0;
    bool named = false;

    explicit Values(const Json& message)
    {
        const auto names = message.value("names", Json::array());
        named = !names.empty();
        for (const auto& value : message.value("values_hex", Json::array())) {
            if (named)
                append_string(names.at(count).get<std::string>());
            append(value);
            ++count;
        }
    }
    EncodedValues view() const { return {bytes, count, named}; }

private:
    void append(const Json& hex)
    {
        const bool is_unset = hex.is_object() || hex == "unset";
        const auto value = hex.is_null() || is_unset ? Blob{} : bytes_of(hex);
        Cell cell = cell_of(value);
        if (hex.is_null() || is_unset)
            cell = {nullptr, is_unset ? -2 : -1};
        bytes.resize(bytes.size() + bytes_size(cell));
        Writer{std::span{bytes}.last(bytes_size(cell))}.write_bytes(cell);
    }
    void append_string(const std::string& text)
    {
        bytes.resize(bytes.size() + string_size(text));
        Writer{std::span{bytes}.last(string_size(text))}.write_string(text);
    }
};

Consistency consistency_of(const Json& name)
{
    const auto consistency = consistency_named(name.get_ref<const std::string&>());
    expect(consistency.has_value(), "an unknown consistency: " + name.dump());
    return *consistency;
}

std::string_view text(const Json& message, const char* field)
{
    return message.at(field).get_ref<const std::string&>();
}

template <class Message> bool with_metadata_id(const Message& message)
{
    if constexpr (requires { message.result_metadata_id; })
        return message.result_metadata_id.has_value();
    else
        return false;
}

/// The message is accepted, laid out as expected, and read again the same.
template <class Message> void expect_body(const Message& message, const Json& expected)
{
    if constexpr (requires { message.check(); }) {
        const auto refusal = message.check();
        expect(!refusal, "refused: " + refusal.message());
    }
    const auto body = encoded(message);
    expect_bytes("body", body, bytes_of(expected.at("hex")));
    const FrameHeader header{.opcode = Message::code, .length = static_cast<std::int32_t>(body.size())};
    const auto decoded = accepted("decode", decode_request(header, body, with_metadata_id(message)));
    expect(std::holds_alternative<Message>(decoded.message), "another message is read");
    expect_bytes("encoded again", encoded(std::get<Message>(decoded.message)), body);
}

template <class Message> void expect_with_parameters(Message message, const Json& input, const Json& expected)
{
    const auto flags = input.value("flags", 0U);
    const Values values{input};
    const auto state = bytes_of(input.value("paging_state_hex", Json("")));
    auto& parameters = message.parameters;
    parameters.consistency = consistency_of(input.at("consistency"));
    parameters.skip_metadata = (flags & 0x02U) != 0;
    if ((flags & 0x01U) != 0 || input.contains("values_hex"))
        parameters.values = values.view();
    if (input.contains("page_size"))
        parameters.page_size = static_cast<std::int32_t>(integer(input.at("page_size")));
    if (input.contains("paging_state_hex"))
        parameters.paging_state = state;
    if (input.contains("serial_consistency"))
        parameters.serial_consistency = consistency_of(input.at("serial_consistency"));
    if (input.contains("timestamp"))
        parameters.timestamp = integer(input.at("timestamp"));
    if (input.contains("flags"))
        expect_same("flags", parameters.flags(), flags);
    expect_body(message, expected);
}

void execute(const Json& input, const Json& expected)
{
    const auto id = bytes_of(input.at("id_hex"));
    const auto metadata_id = bytes_of(input.value("result_metadata_id_hex", Json("")));
    Execute message{.id = id};
    if (!metadata_id.empty())
        message.result_metadata_id = metadata_id;
    expect_with_parameters(message, input, expected);
}

void batch(const Json& input, const Json& expected)
{
    std::vector<Values> values;
    std::vector<Blob> ids;
    protocol::Batch message{.type = static_cast<BatchType>(input.at("type").get<std::uint8_t>()),
                            .consistency = consistency_of(input.at("consistency"))};
    for (const auto& statement : input.at("statements")) {
        values.emplace_back(statement);
        ids.push_back(bytes_of(statement.value("id_hex", Json(""))));
    }
    for (std::size_t i = 0; i != values.size(); ++i) {
        const auto& statement = input.at("statements").at(i);
        auto& added = message.statements.emplace_back(BatchStatement{.text_or_id = Bytes{ids[i]}});
        added.values = values[i].view();
        if (statement.contains("query"))
            added.text_or_id = text(statement, "query");
    }
    if (input.contains("serial_consistency"))
        message.serial_consistency = consistency_of(input.at("serial_consistency"));
    if (input.contains("timestamp"))
        message.timestamp = integer(input.at("timestamp"));
    expect_body(message, expected);
}

void startup(const Json& input, const Json& expected)
{
    Startup message{.options = {}};
    for (const auto& option : input.at("options"))
        message.options.emplace_back(option.at(0).get_ref<const std::string&>(),
                                     option.at(1).get_ref<const std::string&>());
    expect_body(message, expected);
}

void register_events(const Json& input, const Json& expected)
{
    Register message{.event_types = {}};
    for (const auto& type : input.at("events"))
        message.event_types.push_back(type.get_ref<const std::string&>());
    expect_body(message, expected);
}

void auth_response(const Json& input, const Json& expected)
{
    const auto token = input.value("token_hex", Json());
    const auto bytes = token.is_null() ? Blob{} : bytes_of(token);
    expect_body(AuthResponse{.token = token.is_null() ? Cell{} : cell_of(bytes)}, expected);
}

void request_body(const Json& input, const Json& expected)
{
    const auto message = text(input, "message");
    if (message == "STARTUP")
        startup(input, expected);
    else if (message == "OPTIONS")
        expect_body(Options{}, expected);
    else if (message == "AUTH_RESPONSE")
        auth_response(input, expected);
    else if (message == "PREPARE")
        expect_body(Prepare{.cql = text(input, "query")}, expected);
    else if (message == "QUERY")
        expect_with_parameters(Query{.cql = text(input, "query")}, input, expected);
    else if (message == "EXECUTE")
        execute(input, expected);
    else if (message == "BATCH")
        batch(input, expected);
    else if (message == "REGISTER")
        register_events(input, expected);
    else
        throw Mismatch{"an unknown message: " + std::string{message}};
}

constexpr Kind kinds[] = {
    {"request_body", request_body},
};

}

std::span<const Kind> request_kinds()
{
    return kinds;
}

}
