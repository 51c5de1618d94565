#include <limits>
#include <protocol/values/value_path.hpp>

namespace coodie::protocol {

bool ValuePath::because(std::string reason)
{
    if (reason_.empty())
        reason_ = std::move(reason);
    return false;
}

bool ValuePath::inside(std::string_view part, std::size_t index)
{
    path_.insert(0, std::string{part} + " " + std::to_string(index) + ": ");
    return false;
}

bool ValuePath::inside_field(std::string_view name)
{
    path_.insert(0, "field '" + std::string{name} + "': ");
    return false;
}

Error ValuePath::error(const DataType& type) const
{
    return {errc::bad_value, type.to_string() + ": " + path_ + reason_};
}

std::string_view kind_of(const Value& value) noexcept
{
    constexpr std::array<std::string_view, std::variant_size_v<Value::Content>> names{
        "null",    "unset",    "empty", "boolean", "integer", "floating point", "text", "blob", "uuid",  "integer",
        "decimal", "duration", "inet",  "date",    "time",    "timestamp",      "list", "map",  "record"};
    return names[value.content().index()];
}

bool is_complete(const DataType& type) noexcept
{
    if (type.id == TypeId::list || type.id == TypeId::set || type.id == TypeId::vector)
        return type.elements.size() == 1;
    if (type.id == TypeId::map)
        return type.elements.size() == 2;
    return type.id != TypeId::udt || type.elements.size() == type.field_names.size();
}

std::size_t packed_size(const DataType& type) noexcept
{
    switch (type.id) {
    case TypeId::boolean: return 1;
    case TypeId::int_:
    case TypeId::float_: return 4;
    case TypeId::bigint:
    case TypeId::double_:
    case TypeId::timestamp: return 8;
    case TypeId::uuid:
    case TypeId::timeuuid: return 16;
    case TypeId::vector: {
        std::size_t size = 0;
        if (!is_complete(type))
            return 0;
        const bool overflows = __builtin_mul_overflow(packed_size(type.elements[0]), type.dimension, &size);
        return overflows ? std::numeric_limits<std::size_t>::max() : size;
    }
    case TypeId::custom:
    case TypeId::ascii:
    case TypeId::blob:
    case TypeId::counter:
    case TypeId::decimal:
    case TypeId::text:
    case TypeId::varint:
    case TypeId::inet:
    case TypeId::date:
    case TypeId::time:
    case TypeId::smallint:
    case TypeId::tinyint:
    case TypeId::duration:
    case TypeId::list:
    case TypeId::map:
    case TypeId::set:
    case TypeId::udt:
    case TypeId::tuple: return 0;
    }
    return 0;
}

}
