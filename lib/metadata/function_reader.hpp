#pragma once

#include <coodie/rows.hpp>
#include <lib/metadata/user_types.hpp>

namespace coodie::metadata {

// Functions and aggregates from the rows that tell of them.
// Errors: errc::bad_value, with a sentence that says which type cannot be read.

Result<FunctionMetadata> read_function(const std::string& keyspace, const Row& row, UserTypes& types);
Result<AggregateMetadata> read_aggregate(const std::string& keyspace, const Row& row, UserTypes& types);

/// "plus(int,int)"
std::string signature(std::string_view name, const std::vector<ArgumentMetadata>& arguments);
/// The same from a row of system_schema.functions or .aggregates.
std::string signature(const Row& row);

}
