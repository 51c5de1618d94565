#include <algorithm>
#include <lib/testing/column_lists.hpp>
#include <lib/testing/schema_tables.hpp>
#include <lib/testing/system_tables.hpp>
#include <lib/testing/topology_tables.hpp>

namespace coodie::testing {
namespace {

std::vector<StoredRow> rows_of(const StoredTable& table, const Model& model, std::size_t node)
{
    if (table.keyspace == "system_schema")
        return schema_rows(model.schema, table.name);
    if (table.keyspace == "system_traces")
        return table.name == "sessions" ? model.trace_sessions : model.trace_events;
    if (table.name == "local")
        return {local_row(model, node)};
    return table.name == "peers" ? peers_rows(model, node) : peers_v2_rows(model, node);
}

bool equals(std::span<const std::byte> left, Cell right)
{
    return !right.is_null() && std::ranges::equal(left, right.bytes());
}

bool is_element(std::span<const std::byte> cell, Cell list)
{
    detail::ElementReader in{list.bytes()};
    std::size_t count = 0;
    Cell element;
    if (!in.read_count(4, count))
        return false;
    while (count-- != 0 && in.next(element))
        if (equals(cell, element))
            return true;
    return false;
}

bool equals_literal(const Value& value, const Term& term)
{
    if (const auto* text = std::get_if<std::string>(&value.content()))
        return term.kind == Term::Kind::text && *text == term.text;
    return value.to_string() == term.text;
}

}

std::optional<SystemSelect> SystemSelect::parse(std::string_view cql, std::string_view keyspace)
{
    auto select = parse_select(cql, keyspace);
    if (!select || !is_system_keyspace(select->keyspace))
        return {};
    StoredTable table{select->keyspace, select->table, {}};
    if (const auto* list = column_list_of(select->keyspace, select->table))
        table = table_of(select->keyspace, select->table, list->columns);
    return SystemSelect{*std::move(select), std::move(table)};
}

Error SystemSelect::check(const Model& model) const
{
    if (table_.columns.empty() || (table_.name == "peers_v2" && !model.options.peers_v2))
        return {errc::invalid_request, "unconfigured table " + select_.table};
    if (!select_.problem.empty())
        return {errc::invalid_request, select_.problem};
    auto names = select_.columns;
    for (const auto& restriction : select_.restrictions)
        names.push_back(restriction.column);
    for (const auto& name : names)
        if (!table_.find(name))
            return {errc::invalid_request,
                    "Undefined column name " + name + " in table " + select_.keyspace + "." + select_.table};
    return {};
}

std::vector<ColumnSpec> SystemSelect::bind_columns() const
{
    std::vector<ColumnSpec> columns;
    for (const auto& restriction : select_.restrictions)
        for (const auto& term : restriction.terms) {
            if (term.kind != Term::Kind::marker)
                continue;
            auto column = *table_.find(restriction.column);
            if (restriction.whole_list)
                column = {column.keyspace, column.table, "in(" + column.name + ")", {TypeId::list, {column.type}}};
            columns.push_back(std::move(column));
        }
    return columns;
}

ResultMetadata SystemSelect::columns() const
{
    if (select_.counts)
        return {{{table_.keyspace, table_.name, "count", {TypeId::bigint}}}, {}};
    if (select_.columns.empty())
        return {table_.columns, {}};
    ResultMetadata metadata;
    for (const auto& name : select_.columns)
        metadata.columns.push_back(*table_.find(name));
    return metadata;
}

bool SystemSelect::fits(const StoredRow& row, const std::vector<Cell>& values) const
{
    std::size_t next = 0;
    return std::ranges::all_of(select_.restrictions, [&](const Restriction& restriction) {
        std::vector<std::byte> cell;
        append_cell(cell, row, *table_.find(restriction.column));
        const auto bytes = std::span<const std::byte>{cell}.subspan(4);
        const auto found = row.find(restriction.column);
        bool any = false;
        for (const auto& term : restriction.terms) {
            if (term.kind != Term::Kind::marker)
                any = any || (found != row.end() && equals_literal(found->second, term));
            else if (next < values.size()) {
                any = any || (restriction.whole_list ? is_element(bytes, values[next]) : equals(bytes, values[next]));
                ++next;
            }
        }
        return any;
    });
}

Rows SystemSelect::rows(const Model& model, std::size_t node, const std::vector<Cell>& values) const
{
    auto metadata = std::make_shared<ResultMetadata>(columns());
    std::vector<std::byte> content;
    std::int64_t count = 0;
    for (const auto& row : rows_of(table_, model, node)) {
        if (!fits(row, values))
            continue;
        ++count;
        if (!select_.counts)
            for (const auto& column : metadata->columns)
                append_cell(content, row, column);
    }
    if (select_.counts) {
        append_cell(content, {{"count", count}}, metadata->columns.front());
        count = 1;
    }
    return Rows::copy_of(std::move(metadata), content, static_cast<std::size_t>(count));
}

}
