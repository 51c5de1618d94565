#include <protocol/type_option.hpp>

namespace coodie::protocol {
namespace {

constexpr std::string_view package = "org.apache.cassandra.db.marshal.";

/// The class's own name; empty for types that are written from their parts.
std::string_view simple_name(TypeId id)
{
    switch (id) {
    case TypeId::ascii: return "AsciiType";
    case TypeId::bigint: return "LongType";
    case TypeId::blob: return "BytesType";
    case TypeId::boolean: return "BooleanType";
    case TypeId::counter: return "CounterColumnType";
    case TypeId::decimal: return "DecimalType";
    case TypeId::double_: return "DoubleType";
    case TypeId::float_: return "FloatType";
    case TypeId::int_: return "Int32Type";
    case TypeId::timestamp: return "TimestampType";
    case TypeId::uuid: return "UUIDType";
    case TypeId::text: return "UTF8Type";
    case TypeId::varint: return "IntegerType";
    case TypeId::timeuuid: return "TimeUUIDType";
    case TypeId::inet: return "InetAddressType";
    case TypeId::date: return "SimpleDateType";
    case TypeId::time: return "TimeType";
    case TypeId::smallint: return "ShortType";
    case TypeId::tinyint: return "ByteType";
    case TypeId::duration: return "DurationType";
    case TypeId::list: return "ListType";
    case TypeId::map: return "MapType";
    case TypeId::set: return "SetType";
    case TypeId::udt: return "UserType";
    case TypeId::tuple: return "TupleType";
    case TypeId::vector: return "VectorType";
    case TypeId::custom: break;
    }
    return {};
}

std::string hex(std::string_view text)
{
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        out += {digits[byte >> 4U], digits[byte & 15U]};
    }
    return out;
}

std::string joined_elements(const DataType& type)
{
    std::string text;
    for (const auto& element : type.elements)
        text += (text.empty() ? "" : ",") + class_name(element);
    return text;
}

std::string joined_fields(const DataType& type)
{
    auto text = type.keyspace + "," + hex(type.name);
    for (std::size_t i = 0; i != type.elements.size(); ++i)
        text += "," + hex(type.field_names[i]) + ":" + class_name(type.elements[i]);
    return text;
}

}

std::string class_name(const DataType& type)
{
    if (type.id == TypeId::custom)
        return type.name;
    auto name = std::string{package} + std::string{simple_name(type.id)};
    if (type.id == TypeId::vector)
        return name + "(" + class_name(type.elements[0]) + " , " + std::to_string(type.dimension) + ")";
    if (type.id == TypeId::udt)
        return name + "(" + joined_fields(type) + ")";
    return type.elements.empty() ? name : name + "(" + joined_elements(type) + ")";
}

}
