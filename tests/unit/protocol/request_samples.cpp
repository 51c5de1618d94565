#include "samples.hpp"

using namespace coodie;
using namespace coodie::protocol;

namespace {

Wire two_values()
{
    return wire().short_length(2).bytes("one").int_length(0xFFFFFFFE);
}

}

const std::vector<RequestSample>& request_samples()
{
    const auto parameters = [] {
        return wire().short_(6).byte(0x3F).add(two_values()).int_(100).bytes("state").short_(8).long_(1'234'567);
    };
    const auto batch = wire()
                           .byte(1)
                           .short_length(2)
                           .byte(0)
                           .long_string("INSERT")
                           .add(two_values())
                           .byte(1)
                           .short_bytes("0123456789abcdef")
                           .short_length(0)
                           .short_(1)
                           .byte(0x30)
                           .short_(9)
                           .long_(42);
    const auto named = wire().short_length(1).string("id").bytes("x");
    const auto startup =
        wire().short_length(2).string("CQL_VERSION").string("3.0.0").string("COMPRESSION").string("lz4");
    static const std::vector<RequestSample> samples{
        {"startup", Opcode::startup, startup},
        {"options", Opcode::options, {}},
        {"auth response", Opcode::auth_response, wire().bytes({"\0user\0secret", 12})},
        {"auth response of null", Opcode::auth_response, wire().null()},
        {"register", Opcode::register_, wire().short_length(2).string("STATUS_CHANGE").string("SCHEMA_CHANGE")},
        {"query", Opcode::query, wire().long_string("SELECT 1").short_(1).byte(0)},
        {"query with everything", Opcode::query, wire().long_string("SELECT 1").add(parameters())},
        {"query with no values", Opcode::query, wire().long_string("SELECT 1").short_(1).byte(1).short_length(0)},
        {"query with names", Opcode::query, wire().long_string("SELECT 1").short_(1).byte(0x41).add(named)},
        {"prepare", Opcode::prepare, wire().long_string("SELECT ?")},
        {"execute", Opcode::execute, wire().short_bytes("0123456789abcdef").add(parameters())},
        {"batch", Opcode::batch, batch},
        {"batch of nothing", Opcode::batch, wire().byte(0).short_length(0).short_(1).byte(0)},
        {"payload before a query", Opcode::query, wire().add(payload()).long_string("SELECT 1").short_(1).byte(0),
         flag::custom_payload},
    };
    return samples;
}
