#pragma once

#include "catalog.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace bench {

enum class Verb
{
    select,
    insert,
    use,
    other
};

/// As much of a CQL text as an answer needs: which columns of which table, and what its bind markers are called.
struct ParsedStatement
{
    Verb verb = Verb::other;
    std::string keyspace;
    std::string table;
    std::vector<std::string> columns; ///< empty for `*`
    std::vector<std::string> markers; ///< a column's name, or `[limit]`, `[ttl]`, `[timestamp]`
    bool restricted = false;          ///< it has a WHERE
};

ParsedStatement parse(std::string_view cql);

/// The type of a bind marker of that name.
TypeOption marker_type(const StoredTable& table, const std::string& marker);

}
