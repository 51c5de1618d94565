#include <algorithm>
#include <array>
#include <protocol/type_option.hpp>
#include <protocol/values/type_names.hpp>

namespace coodie::protocol {
namespace {

constexpr std::string_view package = "org.apache.cassandra.db.marshal.";

constexpr std::array composed_names{
    std::pair{TypeId::list, "ListType"},   std::pair{TypeId::map, "MapType"},  std::pair{TypeId::set, "SetType"},
    std::pair{TypeId::tuple, "TupleType"}, std::pair{TypeId::udt, "UserType"}, std::pair{TypeId::vector, "VectorType"},
};

std::string_view simple_name(TypeId id)
{
    for (const auto& [composed, name] : composed_names)
        if (composed == id)
            return name;
    return std::ranges::find(scalar_names, id, &ScalarName::id)->marshal;
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
