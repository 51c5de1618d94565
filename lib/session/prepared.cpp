#include "lib/session/prepared.hpp"

#include "lib/base/too_many_bytes.hpp"
#include "lib/policies/lightweight.hpp"
#include <algorithm>
#include <coodie/value.hpp>

namespace coodie::detail {

namespace {

bool all_fit(const std::vector<DataType>& bound, const std::vector<DataType>& server);

/// The bytes of a `bound` are bytes of a `server`: the same type, or one that travels alike.
bool fits(const DataType& bound, const DataType& server)
{
    const bool alike = bound.id == server.id || (bound.id == TypeId::text && server.id == TypeId::ascii) ||
                       (bound.id == TypeId::bigint && server.id == TypeId::counter);
    if (!alike || bound.dimension != server.dimension || bound.name != server.name)
        return false;
    if (bound.id == TypeId::udt && !bound.keyspace.empty() && bound.keyspace != server.keyspace)
        return false;
    return bound.field_names == server.field_names && all_fit(bound.elements, server.elements);
}

bool all_fit(const std::vector<DataType>& bound, const std::vector<DataType>& server)
{
    return std::equal(bound.begin(), bound.end(), server.begin(), server.end(), fits);
}

std::string of_document(const Statement& statement)
{
    return statement.document() ? " of document " + std::string{statement.document()} : std::string{};
}

Error wrong_number(const Statement& statement, std::size_t bound, std::size_t wanted)
{
    return {errc::invalid_query, "the statement" + of_document(statement) + " has " + std::to_string(wanted) +
                                     " bind markers, and " + std::to_string(bound) +
                                     " values were bound: " + std::string{statement.text()}};
}

}

Statement StatementAccess::of(std::shared_ptr<const Prepared> prepared)
{
    Statement statement;
    statement.text_ = prepared->text;
    statement.prepared_ = std::move(prepared);
    return statement;
}

std::shared_ptr<const Prepared> Prepared::make(std::string_view text, protocol::PreparedResult&& result,
                                               const protocol::ScyllaOptions& scylla)
{
    auto prepared = std::make_shared<Prepared>();
    prepared->text = text;
    prepared->id.assign(result.id.begin(), result.id.end());
    prepared->bind_columns = std::move(result.bind_columns.columns);
    prepared->partition_key = std::move(result.partition_key);
    if (result.result_metadata.columns && !result.result_metadata.columns->columns.empty()) {
        prepared->result_specs = result.result_metadata.known_specs();
        prepared->result = std::move(result.result_metadata.columns);
    }
    prepared->skip_metadata = prepared->result && text.find('*') == std::string_view::npos;
    if (const auto& id = result.result_metadata_id)
        prepared->result_metadata_id.assign(id->begin(), id->end());
    prepared->is_lwt =
        scylla.lwt_mask != 0 ? result.is_lightweight_transaction(scylla.lwt_mask) : policies::is_lightweight(text);
    return prepared;
}

std::shared_ptr<const Prepared> Prepared::with_columns(std::shared_ptr<const ResultMetadata> columns,
                                                       const protocol::RowsMetadata& metadata) const
{
    auto prepared = std::make_shared<Prepared>();
    prepared->text = text;
    prepared->id = id;
    prepared->bind_columns = bind_columns;
    prepared->partition_key = partition_key;
    prepared->result = std::move(columns);
    prepared->result_specs = metadata.known_specs();
    prepared->result_metadata_id.assign(metadata.new_metadata_id->begin(), metadata.new_metadata_id->end());
    prepared->skip_metadata = skip_metadata;
    prepared->is_lwt = is_lwt;
    return prepared;
}

Error Prepared::check_types(const Statement& statement) const
{
    const auto types = statement.types();
    if (types.size() != bind_columns.size() || statement.values().count() != bind_columns.size())
        return wrong_number(statement, statement.values().count(), bind_columns.size());
    for (std::size_t i = 0; i < types.size(); ++i) {
        const auto& column = bind_columns[i];
        if (types[i] && !fits(types[i](), column.type))
            return {errc::bad_value, "column '" + column.name + "'" + of_document(statement) + ": the server has " +
                                         column.type.to_string() + ", and " + types[i]().to_string() +
                                         " was bound; change the C++ type or the column's"};
    }
    if (StatementAccess::has_constant_types(statement))
        fitting_types.store(types.data(), std::memory_order_relaxed);
    return {};
}

Error encode_values(Statement& statement, const Prepared& prepared, std::size_t most)
{
    const auto& values = statement.extras()->values;
    if (values.size() != prepared.bind_columns.size())
        return wrong_number(statement, values.size(), prepared.bind_columns.size());
    std::vector<std::byte> encoded;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const auto& column = prepared.bind_columns[i];
        if (auto error = append_value(encoded, values[i], column.type))
            return {error.code(), "column '" + column.name + "'" + of_document(statement) + ": " + error.message()};
        if (encoded.size() > most)
            return too_many_bytes(encoded.size());
    }
    StatementAccess::replace_values(statement, encoded, values.size());
    return {};
}

}
