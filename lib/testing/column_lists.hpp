#pragma once

#include <string_view>

namespace coodie::testing {

/// The columns of a server's own table, as Cassandra 5.0 lists them.
struct ColumnList
{
    std::string_view keyspace;
    std::string_view table;
    std::string_view columns;
};

/// Null for a table that no server has.
const ColumnList* column_list_of(std::string_view keyspace, std::string_view table) noexcept;

bool is_system_keyspace(std::string_view keyspace) noexcept;

}
