#include "samples.hpp"

using namespace coodie;
using namespace coodie::protocol;

namespace {

Wire simple(int id)
{
    return wire().short_(id);
}

Wire custom(std::string_view class_name)
{
    return wire().short_(0).string(class_name);
}

Wire user_type()
{
    return wire()
        .short_(0x30)
        .string("ks")
        .string("address")
        .short_length(2)
        .string("street")
        .short_(0x0D)
        .string("tags")
        .add(wire().short_(0x22).short_(0x0D));
}

Wire error(std::int64_t code, const Wire& fields = {})
{
    return wire().int_(code).string("a sentence").add(fields);
}

Wire acknowledgements()
{
    return wire().short_(0x0006).int_(1).int_(2);
}

Wire schema_change(std::string_view change, std::string_view target)
{
    return wire().string(change).string(target).string("ks");
}

Wire function_change(std::string_view target)
{
    return schema_change("CREATED", target).string("f").short_length(2).string("int").string("text");
}

Wire row(std::string_view first)
{
    return wire().bytes(first).null().bytes("");
}

Wire three_columns()
{
    return column("a", simple(0x0D)).add(column("b", simple(0x09))).add(column("c", user_type()));
}

/// Flags, number of columns, optional paging state, table, columns; two rows.
Wire rows(unsigned flags, const Wire& between)
{
    return wire().int_(2).int_(flags).int_length(3).add(between).int_length(2).add(row("first")).add(row("second"));
}

Wire table()
{
    return wire().string("ks").string("users");
}

Wire columns_with_tables()
{
    return wire()
        .add(table().add(column("a", simple(0x0D))))
        .add(table().add(column("b", simple(0x09))))
        .add(wire().string("other").string("t").add(column("c", simple(0x0C))));
}

Wire prepared()
{
    return wire()
        .int_(4)
        .short_bytes("0123456789abcdef")
        .int_(1)
        .int_length(2)
        .int_length(1)
        .short_(1)
        .add(table())
        .add(column("p", simple(0x09)))
        .add(column("q", wire().short_(0x21).short_(0x0D).add(wire().short_(0x20).short_(0x09))))
        .int_(1)
        .int_length(1)
        .add(table())
        .add(column("r", wire().short_(0x31).short_length(2).short_(0x09).short_(0x0D)));
}

Wire prepared_update()
{
    return wire().int_(4).short_bytes("id").int_(0).int_length(0).int_length(0).int_(4).int_length(0);
}

Wire every_type()
{
    auto body = wire().int_(2).int_(1).int_length(type_samples().size()).add(table());
    for (const auto& sample : type_samples())
        body.add(column(sample.cql, sample.option));
    body.int_length(1);
    for (std::size_t i = 0; i != type_samples().size(); ++i)
        body.null();
    return body;
}

Wire tracing_id()
{
    return wire().raw("0123456789abcdef");
}

Wire warnings()
{
    return wire().short_length(2).string("slow").string("slower");
}

Wire payload()
{
    return wire().short_length(3).string("k").bytes("value").string("null").null().string("empty").bytes("");
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

std::vector<ResponseSample> results()
{
    static const ResultMetadata cached{.columns = std::vector<ColumnSpec>(3), .plan = {}};
    const auto result = [](const char* name, const Wire& body, const ResultContext& context = {},
                           std::uint8_t flags = 0) {
        return ResponseSample{name, Opcode::result, body, flags, {.result = context}};
    };
    const auto all_flags = flag::tracing | flag::warning | flag::custom_payload;
    return {
        result("void", wire().int_(1)),
        result("rows", rows(1, table().add(three_columns()))),
        result("rows of several tables", rows(0, columns_with_tables())),
        result("rows with more pages", rows(3, wire().bytes("state").add(table()).add(three_columns()))),
        result("rows without columns", rows(4, {}), {.cached = &cached}),
        result("rows without columns, with more pages", rows(6, wire().bytes("state")), {.cached = &cached}),
        result("rows with a new metadata id",
               rows(0xB, wire().bytes("state").short_bytes("id").add(table()).add(three_columns())),
               {.with_metadata_id = true}),
        result("rows of every type", every_type()),
        result("no rows",
               wire().int_(2).int_(1).int_length(1).add(table()).add(column("a", simple(0x09))).int_length(0)),
        result("set keyspace", wire().int_(3).string("ks")),
        result("prepared", prepared()),
        result("prepared without columns", prepared_update()),
        result("prepared with a metadata id",
               wire()
                   .int_(4)
                   .short_bytes("id")
                   .short_bytes("metadata")
                   .int_(0)
                   .int_length(0)
                   .int_length(0)
                   .int_(4)
                   .int_length(0),
               {.with_metadata_id = true}),
        result("schema change", wire().int_(5).add(schema_change("CREATED", "TABLE").string("users"))),
        result("tracing id, warnings and payload before rows",
               wire().add(tracing_id()).add(warnings()).add(payload()).add(rows(1, table().add(three_columns()))), {},
               static_cast<std::uint8_t>(all_flags)),
        result("warnings before void", wire().add(warnings()).int_(1), {}, flag::warning),
    };
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

Wire two_values()
{
    return wire().short_length(2).bytes("one").int_length(0xFFFFFFFE);
}

}

Wire column(std::string_view name, const Wire& type)
{
    return wire().string(name).add(type);
}

const std::vector<TypeSample>& type_samples()
{
    static const std::vector<TypeSample> samples{
        {"ascii", simple(0x01)},
        {"bigint", simple(0x02)},
        {"blob", simple(0x03)},
        {"boolean", simple(0x04)},
        {"counter", simple(0x05)},
        {"decimal", simple(0x06)},
        {"double", simple(0x07)},
        {"float", simple(0x08)},
        {"int", simple(0x09)},
        {"text", simple(0x0A)}, // the id of old servers
        {"timestamp", simple(0x0B)},
        {"uuid", simple(0x0C)},
        {"text", simple(0x0D)},
        {"varint", simple(0x0E)},
        {"timeuuid", simple(0x0F)},
        {"inet", simple(0x10)},
        {"date", simple(0x11)},
        {"time", simple(0x12)},
        {"smallint", simple(0x13)},
        {"tinyint", simple(0x14)},
        {"duration", simple(0x15)},
        {"duration", custom("org.apache.cassandra.db.marshal.DurationType")},
        {"vector<float, 3>",
         custom("org.apache.cassandra.db.marshal.VectorType(org.apache.cassandra.db.marshal.FloatType , 3)")},
        {"'org.example.Type'", custom("org.example.Type")},
        {"list<int>", wire().short_(0x20).short_(0x09)},
        {"map<text, list<int>>", wire().short_(0x21).short_(0x0D).short_(0x20).short_(0x09)},
        {"set<uuid>", wire().short_(0x22).short_(0x0C)},
        {"ks.address", user_type()},
        {"tuple<int, text>", wire().short_(0x31).short_length(2).short_(0x09).short_(0x0D)},
    };
    return samples;
}

const std::vector<ResponseSample>& response_samples()
{
    static const auto samples = [] {
        auto all = handshake();
        for (const auto& part : {errors(), events(), results()})
            all.insert(all.end(), part.begin(), part.end());
        return all;
    }();
    return samples;
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
