// Results: rows, prepared statements and the small ones.
#include "allocations.hpp"
#include "json_value.hpp"
#include "kinds.hpp"

#include <protocol/result.hpp>

namespace vectors {

namespace {

using namespace coodie;
using namespace coodie::protocol;

constexpr std::size_t small = 64 * 1024;
constexpr std::size_t largest_growth = 64;

Json columns_json(const std::vector<ColumnSpec>& columns)
{
    Json list = Json::array();
    for (const auto& column : columns)
        list.push_back({column.keyspace, column.table, column.name, column.type.to_string()});
    return list;
}

/// The facts call types by any of their names ("varchar").
Json with_our_type_names(Json expected)
{
    for (const auto* field : {"columns", "binds", "result_columns"})
        if (expected.contains(field))
            for (auto& column : expected[field])
                column.at(3) = type_named(column.at(3)).to_string();
    return expected;
}

Json metadata_json(const RowsMetadata& metadata)
{
    const auto state = metadata.has_more_pages() ? std::optional{metadata.paging_state} : std::nullopt;
    return {{"flags", metadata.flags},
            {"no_metadata", !metadata.columns},
            {"column_count", metadata.columns_count},
            {"paging_state_hex", hex_of(state)},
            {"new_metadata_id_hex", hex_of(metadata.new_metadata_id)},
            {"columns", metadata.columns ? columns_json(metadata.columns->columns) : Json()}};
}

Json rows_json(const RowsResult& result)
{
    Reader in{result.content};
    Json rows = Json::array();
    for (std::size_t row = 0; row != result.rows; ++row) {
        Json cells = Json::array();
        for (std::size_t column = 0; column != result.metadata.columns_count; ++column) {
            const auto cell = in.read_bytes();
            cells.push_back(hex_of(cell.is_null() ? std::optional<Bytes>{} : cell.bytes()));
        }
        rows.push_back(cells);
    }
    return rows;
}

struct ResultFields
{
    Json operator()(const VoidResult&) const { return {{"kind", "void"}}; }
    Json operator()(const RowsResult& result) const
    {
        auto fields = metadata_json(result.metadata);
        fields.update({{"kind", "rows"}, {"rows_hex", rows_json(result)}, {"row_count", result.rows}});
        return fields;
    }
    Json operator()(const SetKeyspaceResult& result) const
    {
        return {{"kind", "set_keyspace"}, {"keyspace", result.keyspace}};
    }
    Json operator()(const PreparedResult& result) const
    {
        const auto& columns = result.result_metadata.columns;
        return {{"kind", "prepared"},
                {"id_hex", to_hex(result.id)},
                {"result_metadata_id_hex", hex_of(result.result_metadata_id)},
                {"flags", result.flags},
                {"pk_indexes", result.partition_key},
                {"binds", columns_json(result.bind_columns.columns)},
                {"result_columns", columns ? columns_json(columns->columns) : Json::array()}};
    }
    Json operator()(const SchemaChange& change) const
    {
        return {{"kind", "schema_change"},     {"change", change.change}, {"target", change.target},
                {"keyspace", change.keyspace}, {"object", change.name},   {"args", change.argument_types}};
    }
};

/// Columns that a client would know from preparing, where the server left them out.
ResultMetadata known_columns(const Json& expected)
{
    ResultMetadata known;
    known.columns.resize(expected.value("column_count", std::size_t{0}));
    return known;
}

void result_body(const Json& input, const Json& expected)
{
    const auto body = bytes_of(input.at("hex"));
    const auto known = known_columns(expected);
    const ResultContext context{.cached = expected.value("no_metadata", false) ? &known : nullptr,
                                .with_metadata_id = input.value("metadata_id_ext", false)};
    Reader in{body};
    const auto result = ResultResponse::decode(in, context);
    expect(!in.finish(), "rejected: " + in.finish().message());
    expect_fields(std::visit(ResultFields{}, result.body), with_our_type_names(expected));
    expect_bytes("encoded again", encoded(result), body);
}

void result_metadata(const Json& input, const Json& expected)
{
    const auto body = bytes_of(input.at("hex"));
    Reader in{body};
    const auto metadata = RowsMetadata::decode(in, input.value("metadata_id_ext", false));
    expect(!in.finish(), "rejected: " + in.finish().message());
    expect_fields(metadata_json(metadata), with_our_type_names(expected));
    expect_bytes("encoded again", encoded(metadata), body);
}

void result_reject(const Json& input, const Json&)
{
    const auto body = bytes_of(input.at("hex"));
    const AllocationMeter meter;
    Reader in{body};
    const auto result = ResultResponse::decode(in, {.with_metadata_id = input.value("metadata_id_ext", false)});
    const auto used = meter.bytes();
    expect(static_cast<bool>(in.finish()), "accepted");
    expect(used <= small + largest_growth * body.size(), "took " + std::to_string(used) + " bytes of memory");
}

constexpr Kind kinds[] = {
    {"result_body", result_body},
    {"result_metadata", result_metadata},
    {"result_reject", result_reject},
};

}

std::span<const Kind> result_kinds()
{
    return kinds;
}

}
