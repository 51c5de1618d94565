// Bodies of responses other than results.
#include "kinds.hpp"

#include <coodie/inet.hpp>
#include <protocol/response.hpp>

namespace vectors {

namespace {

using namespace coodie;
using namespace coodie::protocol;

Json text_of(Consistency consistency)
{
    const auto name = name_of(consistency);
    if (consistency_named(name))
        return name;
    Blob code(2);
    detail::store_integer(code.data(), static_cast<std::uint16_t>(consistency));
    return std::string{name} + "(0x" + to_hex(code) + ")";
}

/// The fields of an error as the facts name them.
struct ErrorFields
{
    Json operator()(const std::monostate&) const { return Json::object(); }
    Json operator()(const UnavailableFields& f) const
    {
        return {{"consistency", text_of(f.consistency)}, {"required", f.required}, {"alive", f.alive}};
    }
    Json operator()(const WriteTimeoutFields& f) const
    {
        return merged(acknowledgements(f), {{"write_type", f.write_type}});
    }
    Json operator()(const ReadTimeoutFields& f) const
    {
        return merged(acknowledgements(f), {{"data_present", f.data_present}});
    }
    Json operator()(const ReadFailureFields& f) const
    {
        return merged(acknowledgements(f), {{"num_failures", f.failures}, {"data_present", f.data_present}});
    }
    Json operator()(const WriteFailureFields& f) const
    {
        return merged(acknowledgements(f), {{"num_failures", f.failures}, {"write_type", f.write_type}});
    }
    Json operator()(const FunctionFailureFields& f) const
    {
        return {{"keyspace", f.keyspace}, {"function", f.function}, {"arg_types", f.argument_types}};
    }
    Json operator()(const AlreadyExistsFields& f) const { return {{"keyspace", f.keyspace}, {"table", f.table}}; }
    Json operator()(const UnpreparedFields& f) const { return {{"id_hex", to_hex(f.id)}}; }
    Json operator()(const CasWriteUnknownFields& f) const { return acknowledgements(f); }
    Json operator()(const RateLimitFields& f) const
    {
        return {{"op_type", f.operation}, {"rejected_by_coordinator", f.rejected_by_coordinator}};
    }

private:
    template <class Fields> static Json acknowledgements(const Fields& fields)
    {
        return {{"consistency", text_of(fields.consistency)},
                {"received", fields.received},
                {"blockfor", fields.block_for}};
    }
    static Json merged(Json fields, const Json& more)
    {
        fields.update(more);
        return fields;
    }
};

void error_body(const Json& input, const Json& expected)
{
    const auto body = bytes_of(input.at("hex"));
    std::optional<std::int32_t> rate_limit;
    for (const auto* name : {"rate_limit_error", "rate_limit_code"})
        if (input.contains(name))
            rate_limit = input.at(name).get<std::int32_t>();
    Reader in{body};
    const auto response = ErrorResponse::decode(in, rate_limit);
    expect(!in.finish(), "rejected: " + in.finish().message());
    auto actual = std::visit(ErrorFields{}, response.fields);
    actual.update({{"code", response.error}, {"message", response.message}});
    expect_fields(actual, expected);

    const auto error = response.as_error();
    expect(error && error.fields().index() == response.fields.index(), "as_error() loses the fields");
    expect(error.message().find(response.message) != std::string::npos, "as_error() loses the server's sentence");
}

struct EventFields
{
    Json operator()(const TopologyChange& event) const { return of_node("TOPOLOGY_CHANGE", event); }
    Json operator()(const StatusChange& event) const { return of_node("STATUS_CHANGE", event); }
    Json operator()(const SchemaChange& event) const
    {
        return {{"type", "SCHEMA_CHANGE"},    {"change", event.change}, {"target", event.target},
                {"keyspace", event.keyspace}, {"object", event.name},   {"args", event.argument_types}};
    }
    Json operator()(const UnknownEvent& event) const { return {{"type", event.type}, {"unknown", true}}; }

private:
    template <class Change> static Json of_node(const char* type, const Change& event)
    {
        return {{"type", type},
                {"change", event.change},
                {"address", Inet::from_bytes(event.node.address())->to_string()},
                {"port", event.node.port}};
    }
};

void event_body(const Json& input, const Json& expected)
{
    const auto body = bytes_of(input.at("hex"));
    Reader in{body};
    const auto event = Event::decode(in);
    expect(!in.finish(), "rejected: " + in.finish().message());
    expect_fields(std::visit(EventFields{}, event.body), expected);
    expect_bytes("encoded again", encoded(event), body);
}

void supported_body(const Json& input, const Json& expected)
{
    const auto body = bytes_of(input.at("hex"));
    Reader in{body};
    const auto supported = Supported::decode(in);
    expect(!in.finish(), "rejected: " + in.finish().message());
    Json actual = Json::object();
    for (const auto& [name, values] : supported.options)
        actual[std::string{name}] = values;
    expect_same("options", actual, expected);
    expect_bytes("encoded again", encoded(supported), body);
}

void response_prefix(const Json& input, const Json& expected)
{
    const auto body = bytes_of(input.at("hex"));
    const auto flags = input.at("flags").get<std::uint8_t>();
    Reader in{body};
    const auto prefix = BodyPrefix::decode_response(in, flags);
    expect(!in.finish() && in.remaining() == 0, "not read whole: " + in.finish().message());

    Json actual{{"order", Json::array()}};
    if (prefix.tracing_id) {
        actual["order"].push_back("tracing_id");
        actual["tracing_id"] = prefix.tracing_id->to_string();
    }
    if (prefix.warnings) {
        actual["order"].push_back("warnings");
        actual["warnings"] = *prefix.warnings;
    }
    if (prefix.custom_payload) {
        actual["order"].push_back("custom_payload");
        actual["custom_payload_hex"] = Json::object();
        for (const auto& [key, value] : *prefix.custom_payload)
            actual["custom_payload_hex"][std::string{key}] =
                hex_of(value.is_null() ? std::optional<Bytes>{} : value.bytes());
    }
    expect_fields(actual, expected);
    expect_same("flags", prefix.flags(), flags);
    expect_bytes("encoded again, in that order", encoded(prefix), body);
}

constexpr Kind kinds[] = {
    {"error_body", error_body},
    {"event_body", event_body},
    {"supported_body", supported_body},
    {"response_prefix", response_prefix},
};

}

std::span<const Kind> response_kinds()
{
    return kinds;
}

}
