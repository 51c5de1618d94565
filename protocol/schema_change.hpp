#pragma once

#include <coodie/rows.hpp>
#include <protocol/reader.hpp>
#include <protocol/writer.hpp>

namespace coodie::protocol {

// The body that SCHEMA_CHANGE events and schema change results share (CQL v4 sections 4.2.5.5 and 4.2.6)
//     <change: string> <target: string> <keyspace: string> [<name: string>] [<argument types: string list>]
// KEYSPACE has no name; FUNCTION and AGGREGATE have argument types. Of a target nobody knows only both first are read.
std::size_t encoded_size(const SchemaChange& change) noexcept;
void encode(Writer& out, const SchemaChange& change) noexcept;
SchemaChange decode_schema_change(Reader& in);

}
