#pragma once

#include <protocol/opcode.hpp>
#include <protocol/prepared_result.hpp>
#include <protocol/rows_result.hpp>
#include <protocol/schema_change.hpp>
#include <variant>

namespace coodie::protocol {

/// RESULT of kind 1: nothing more.
struct VoidResult
{
};

/// RESULT of kind 3
///     <keyspace: string>
struct SetKeyspaceResult
{
    std::string_view keyspace;
};

/// What was agreed or cached that a RESULT is read by.
struct ResultContext
{
    const ResultMetadata* cached = nullptr; ///< the columns of the statement that was executed, when they are known
    bool with_metadata_id = false;          ///< SCYLLA_USE_METADATA_ID was agreed
    const KnownSpecs* known = nullptr;      ///< the bytes that `cached` was decoded from
};

/// RESULT (CQL v4 section 4.2.5)
///     <kind: int> <body by kind>
struct ResultResponse
{
    static constexpr Opcode code = Opcode::result;
    std::variant<VoidResult, RowsResult, SetKeyspaceResult, PreparedResult, SchemaChange> body;

    std::size_t encoded_size() const;
    void encode(Writer& out) const;
    static ResultResponse decode(Reader& in, const ResultContext& context = {});
};

}
