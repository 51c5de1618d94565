#include "samples.hpp"

using namespace coodie;
using namespace coodie::protocol;

namespace {

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

}

Wire payload()
{
    return wire().short_length(3).string("k").bytes("value").string("null").null().string("empty").bytes("");
}

std::vector<ResponseSample> result_samples()
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
