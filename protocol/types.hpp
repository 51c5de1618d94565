#pragma once

#include <coodie/data_type.hpp>
#include <coodie/result.hpp>
#include <string_view>

namespace coodie::protocol {

// Types by their names. No name can nest deeper or hold more types than these, and the work is linear in its length.
inline constexpr std::size_t max_type_depth = 32;
inline constexpr std::size_t max_type_nodes = 65'535;

/// Of a type without elements: 1.
std::size_t depth_of(const DataType& type);

/// The type behind a server's class name, as custom [option]s carry it:
/// "org.apache.cassandra.db.marshal.VectorType(org.apache.cassandra.db.marshal.FloatType, 3)"; the package may be
/// missing. FrozenType and ReversedType are what they hold. A class that nobody knows is no error: it gives
/// TypeId::custom with the text it stands in, and its values are bytes.
/// Errors: errc::protocol for text that is no class name, or too deep or too large.
Result<DataType> parse_custom_type(std::string_view text);

/// A type as CQL spells it: "map<text, frozen<list<int>>>", "vector<float, 3>", "'org.example.Type'". User types are
/// "name" or "keyspace.name" (quoted where CQL quotes), with no fields, or with them: "udt<street: text, zip: int>",
/// "udt keyspace.name{street: text, zip: int}".
/// Errors: errc::bad_value for text that is no type, or too deep or too large.
Result<DataType> parse_cql_type(std::string_view text);

}
