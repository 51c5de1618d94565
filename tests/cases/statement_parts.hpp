#pragma once

#include "owned_table.hpp"

#include <coodie/mapping/render.hpp>
#include <map>

namespace cases {

/// A statement put together from a case: its table, its shape, its numbers and what its markers stand for.
class StatementParts
{
public:
    StatementParts(std::string_view keyspace, std::string_view name) : table{keyspace, name} {}

    OwnedTable table;
    coodie::cql::Shape shape;
    Json columns_bound = Json::array(); ///< values of inserted columns

    void add_condition(const std::string& column, const std::string& op, const Json& value);
    void add_if(const std::string& column, const std::string& op, const Json& value);
    void assign(const std::string& column, const Json& value);
    void add_operation(const std::string& column, const std::string& operation, const Json& value);
    void erase_element(const std::string& column, const Json& key);
    void sort(std::string_view column); ///< "-name" descends
    void sort_near(const std::string& column, const Json& vector);
    void limit(const Json& number);
    void per_partition_limit(const Json& number);
    void ttl(const Json& number);
    void timestamp(const Json& number);

    std::string text() { return coodie::cql::rendered(table.view(), shape, inlined()); }
    Outcome outcome();

private:
    coodie::cql::Inlined inlined();
    Json value_of(coodie::cql::Marker marker);

    Json conditions_ = Json::array();
    Json ifs_ = Json::array();
    Json changes_ = Json::array();
    Json keys_ = Json::array();
    Json ann_;
    coodie::cql::Inlined numbers_;
    std::vector<std::uint16_t> in_conditions_;
    std::vector<std::uint16_t> in_ifs_;
    std::map<std::pair<int, int>, std::size_t> taken_; ///< elements of IN that are bound already
};

coodie::TypeId type_named(std::string_view name);

}
