#include "answers.hpp"

#include "../table.hpp"
#include "body.hpp"

namespace bench {
namespace {

constexpr int global_table = 1;
constexpr int no_metadata = 4;

void append(Body& out, const std::vector<Column>& columns)
{
    for (const auto& column : columns) {
        out.string(column.name);
        for (const auto id : column.type)
            out.short_(id);
    }
}

void append_metadata(Body& out, const ParsedStatement& statement, const std::vector<Column>& columns)
{
    out.int_(global_table).int_(static_cast<std::int64_t>(columns.size()));
    out.string(statement.keyspace).string(statement.table);
    append(out, columns);
}

/// The columns that a select returns, and where they stand in the table.
struct Selection
{
    Selection(const StoredTable& table, const std::vector<std::string>& names)
    {
        if (names.empty())
            columns = table.columns;
        for (const auto& name : names)
            columns.push_back({name, marker_type(table, name)});
        for (const auto& column : columns)
            positions.push_back(table.position(column.name));
    }

    std::vector<Column> columns;
    std::vector<std::size_t> positions;
};

void append(Body& out, const std::vector<Cell>& row, const Selection& selection)
{
    for (const auto position : selection.positions) {
        const auto cell = position < row.size() ? row[position] : Cell{};
        out.int_(cell ? static_cast<std::int64_t>(cell->size()) : -1).raw(cell.value_or(""));
    }
}

/// All rows of the table, but only one of the table of the benchmark when the statement asks for one.
void append_rows(Body& out, const ParsedStatement& statement, const StoredTable& table, const Selection& selection)
{
    if (statement.restricted && table.name == bench_table) {
        append(out.int_(1), table.rows[42], selection);
        return;
    }
    out.int_(static_cast<std::int64_t>(table.rows.size()));
    for (const auto& row : table.rows)
        append(out, row, selection);
}

std::string rows(const ParsedStatement& statement, const StoredTable& table, bool metadata)
{
    const Selection selection(table, statement.columns);
    Body out;
    out.int_(static_cast<int>(ResultKind::rows));
    if (metadata)
        append_metadata(out, statement, selection.columns);
    else
        out.int_(no_metadata).int_(static_cast<std::int64_t>(selection.columns.size()));
    append_rows(out, statement, table, selection);
    return frame(Opcode::result, out);
}

std::string executed(const ParsedStatement& statement, const StoredTable& table, bool metadata)
{
    if (statement.verb == Verb::select)
        return rows(statement, table, metadata);
    Body out;
    if (statement.verb == Verb::use)
        out.int_(static_cast<int>(ResultKind::set_keyspace)).string(statement.keyspace);
    else
        out.int_(static_cast<int>(ResultKind::void_));
    return frame(Opcode::result, out);
}

/// RESULT of kind Prepared (CQL v4 section 4.2.5.4): <id> <metadata of the markers> <metadata of the result>.
/// The partition key of the benchmark's table is its column "id".
std::string prepared(const ParsedStatement& statement, const StoredTable& table, std::size_t position)
{
    std::vector<Column> markers;
    std::vector<std::size_t> key;
    for (const auto& marker : statement.markers) {
        if (table.name == bench_table && marker == "id")
            key.push_back(markers.size());
        markers.push_back({marker, marker_type(table, marker)});
    }
    Body out;
    out.int_(static_cast<int>(ResultKind::prepared)).short_(Answers::id_size);
    out.int_(static_cast<std::int64_t>(position)).int_(0).long_(0);
    out.int_(global_table).int_(static_cast<std::int64_t>(markers.size())).int_(static_cast<std::int64_t>(key.size()));
    for (const auto index : key)
        out.short_(index);
    out.string(statement.keyspace).string(statement.table);
    append(out, markers);
    if (statement.verb == Verb::select)
        append_metadata(out, statement, Selection(table, statement.columns).columns);
    else
        out.int_(no_metadata).int_(0);
    return frame(Opcode::result, out);
}

std::string error(std::int32_t code, std::string_view message)
{
    return frame(Opcode::error, Body{}.int_(code).string(message));
}

}

Answers::Answers(const Place& place) : catalog_(place)
{
    Body options;
    options.short_(2).string("COMPRESSION").short_(0).string("CQL_VERSION").short_(1).string("3.4.5");
    ready = frame(Opcode::ready);
    supported = frame(Opcode::supported, options);
    void_result = frame(Opcode::result, Body{}.int_(static_cast<int>(ResultKind::void_)));
    unknown_id = error(0x0000, "this id was never prepared here");
    unsupported_version = error(0x000A, "Invalid or unsupported protocol version; the versions supported are 4/v4");
}

const Answer& Answers::to(std::string_view cql)
{
    const auto [at, added] = positions_.try_emplace(std::string(cql), answers_.size());
    if (added)
        answers_.push_back(make(cql, at->second));
    return answers_[at->second];
}

const Answer* Answers::prepared(std::size_t position) const
{
    return position < answers_.size() ? &answers_[position] : nullptr;
}

Answer Answers::make(std::string_view cql, std::size_t position) const
{
    auto statement = parse(cql);
    if (statement.keyspace.empty())
        statement.keyspace = bench_keyspace;
    const auto& table = catalog_.find(statement.keyspace, statement.table);
    return {bench::prepared(statement, table, position), executed(statement, table, true),
            executed(statement, table, false)};
}

}
