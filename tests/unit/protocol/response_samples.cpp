#include "samples.hpp"

using namespace coodie;
using namespace coodie::protocol;

namespace {

Wire error(std::int64_t code, const Wire& fields = {})
{
    return wire().int_(code).string("a sentence").add(fields);
}

Wire acknowledgements()
{
    return wire().short_(0x0006).int_(1).int_(2);
}

Wire function_change(std::string_view target)
{
    return schema_change("CREATED", target).string("f").short_length(2).string("int").string("text");
}

std::vector<ResponseSample> errors()
{
    std::vector<ResponseSample> samples;
    for (const auto code :
         {0x0000, 0x000A, 0x0100, 0x1001, 0x1002, 0x1003, 0x1600, 0x2000, 0x2100, 0x2200, 0x2300, 0x7777})
        samples.push_back({"error " + std::to_string(code), Opcode::error, error(code)});
    const auto with_fields = [&](std::int64_t code, const Wire& fields) {
        samples.push_back({"error " + std::to_string(code), Opcode::error, error(code, fields), 0, {}, true});
    };
    with_fields(0x1000, wire().short_(0x0004).int_(3).int_(1));
    with_fields(0x1100, acknowledgements().string("BATCH_LOG"));
    with_fields(0x1200, acknowledgements().byte(1));
    with_fields(0x1300, acknowledgements().int_(1).byte(0));
    with_fields(0x1400, wire().string("ks").string("f").short_length(2).string("int").string("text"));
    with_fields(0x1500, acknowledgements().int_(1).string("SIMPLE"));
    with_fields(0x1700, acknowledgements());
    with_fields(0x2400, wire().string("ks").string("users"));
    with_fields(0x2500, wire().short_bytes("0123456789abcdef"));
    samples.push_back({"error of a rate limit",
                       Opcode::error,
                       error(0x4321, wire().byte(1).byte(1)),
                       0,
                       {.rate_limit_code = 0x4321},
                       true});
    return samples;
}

std::vector<ResponseSample> events()
{
    const auto event = [](std::string_view type, const Wire& body) {
        return ResponseSample{"event " + std::string{type}, Opcode::event, wire().string(type).add(body)};
    };
    auto unknown = event("NEWS", wire().raw("anything"));
    unknown.may_be_cut = true;
    const auto inet6 = wire().string("DOWN").byte_length(16).raw("0123456789abcdef").int_(9042);
    return {event("TOPOLOGY_CHANGE", wire().string("NEW_NODE").inet4(127, 0, 0, 1, 9042)),
            event("STATUS_CHANGE", inet6),
            event("SCHEMA_CHANGE", schema_change("DROPPED", "KEYSPACE")),
            event("SCHEMA_CHANGE", schema_change("CREATED", "TABLE").string("users")),
            event("SCHEMA_CHANGE", schema_change("UPDATED", "TYPE").string("address")),
            event("SCHEMA_CHANGE", function_change("FUNCTION")),
            event("SCHEMA_CHANGE", function_change("AGGREGATE")),
            unknown};
}

std::vector<ResponseSample> handshake()
{
    const auto supported = wire()
                               .short_length(2)
                               .string("COMPRESSION")
                               .short_length(2)
                               .string("lz4")
                               .string("snappy")
                               .string("CQL_VERSION")
                               .short_length(1)
                               .string("3.4.5");
    return {{"ready", Opcode::ready, {}},
            {"authenticate", Opcode::authenticate, wire().string("org.apache.cassandra.auth.PasswordAuthenticator")},
            {"supported", Opcode::supported, supported},
            {"auth challenge", Opcode::auth_challenge, wire().bytes("who?")},
            {"auth challenge of null", Opcode::auth_challenge, wire().null()},
            {"auth success", Opcode::auth_success, wire().null()},
            {"auth success with a token", Opcode::auth_success, wire().bytes("")}};
}

}

Wire schema_change(std::string_view change, std::string_view target)
{
    return wire().string(change).string(target).string("ks");
}

const std::vector<ResponseSample>& response_samples()
{
    static const auto samples = [] {
        auto all = handshake();
        for (const auto& part : {errors(), events(), result_samples()})
            all.insert(all.end(), part.begin(), part.end());
        return all;
    }();
    return samples;
}
