#pragma once

#include <coodie/data_type.hpp>
#include <coodie/mapping/shape.hpp>
#include <string_view>

namespace coodie::cql {

// CQL's words for what a shape says.

constexpr std::string_view text_of(Op op) noexcept
{
    switch (op) {
    case Op::eq: return " = ";
    case Op::ne: return " != ";
    case Op::lt: return " < ";
    case Op::le: return " <= ";
    case Op::gt: return " > ";
    case Op::ge: return " >= ";
    case Op::in: return " IN ";
    case Op::contains: return " CONTAINS ";
    case Op::contains_key: return " CONTAINS KEY ";
    case Op::like: return " LIKE ";
    case Op::is_null: return " IS NULL";
    case Op::is_not_null: return " IS NOT NULL";
    }
    return " ? ";
}

/// The native types by name; the others have no name without their elements.
constexpr std::string_view native_name(TypeId id) noexcept
{
    switch (id) {
    case TypeId::ascii: return "ascii";
    case TypeId::bigint: return "bigint";
    case TypeId::blob: return "blob";
    case TypeId::boolean: return "boolean";
    case TypeId::counter: return "counter";
    case TypeId::decimal: return "decimal";
    case TypeId::double_: return "double";
    case TypeId::float_: return "float";
    case TypeId::int_: return "int";
    case TypeId::timestamp: return "timestamp";
    case TypeId::uuid: return "uuid";
    case TypeId::text: return "text";
    case TypeId::varint: return "varint";
    case TypeId::timeuuid: return "timeuuid";
    case TypeId::inet: return "inet";
    case TypeId::date: return "date";
    case TypeId::time: return "time";
    case TypeId::smallint: return "smallint";
    case TypeId::tinyint: return "tinyint";
    case TypeId::duration: return "duration";
    case TypeId::custom:
    case TypeId::list:
    case TypeId::map:
    case TypeId::set:
    case TypeId::udt:
    case TypeId::tuple:
    case TypeId::vector: return {};
    }
    return {};
}

}
