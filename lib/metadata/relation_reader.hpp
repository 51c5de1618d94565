#pragma once

#include <lib/metadata/schema_rows.hpp>
#include <lib/metadata/user_types.hpp>

namespace coodie::metadata {

// Tables and views from the rows that tell of them.
// Errors: errc::bad_value, with a sentence that names the column that cannot be read.

Result<TableMetadata> read_table(const std::string& keyspace, const std::string& name, const RelationRows& rows,
                                 UserTypes& types);
Result<ViewMetadata> read_view(const std::string& keyspace, const std::string& name, const RelationRows& rows,
                               UserTypes& types);

}
