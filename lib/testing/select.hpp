#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace coodie::testing {

/// One side of `column = term`.
struct Term
{
    enum class Kind
    {
        marker, ///< ? or :name
        text,   ///< '...'
        other,  ///< a number, a uuid, a boolean
    };
    Kind kind = Kind::other;
    std::string text = {};
};

/// `column = term`, or `column IN (term, ...)`.
struct Restriction
{
    std::string column;
    std::vector<Term> terms = {};
    bool whole_list = false; ///< `column IN ?`: one marker for all
};

/// SELECT ... FROM keyspace.table [WHERE ... AND ...]: as much of CQL as clients say to system tables.
struct Select
{
    std::string keyspace;
    std::string table;
    std::vector<std::string> columns = {}; ///< empty: all
    bool counts = false;                   ///< count(*)
    std::vector<Restriction> restrictions = {};
    std::string problem = {}; ///< what it says that cannot be answered
};

/// None for text that is no SELECT.
std::optional<Select> parse_select(std::string_view cql, std::string_view keyspace);

/// The keyspace of `USE keyspace`. None for other text.
std::optional<std::string> parse_use(std::string_view cql);

}
