#include "text.hpp"

#include <coodie/mapping/render.hpp>

namespace coodie::cql {

namespace {

bool is_collection(TypeId id) noexcept
{
    return id == TypeId::list || id == TypeId::set || id == TypeId::map;
}

/// An element of a collection: CQL wants collections there frozen.
std::string element_text(const DataType& type)
{
    return type_text(type, is_collection(type.id));
}

std::string collection_text(std::string_view name, const DataType& type)
{
    Joined elements;
    for (const auto& element : type.elements)
        elements += element_text(element);
    return std::string{name} + "<" + elements.text() + ">";
}

/// A tuple freezes what it holds, so its elements need no word.
std::string tuple_text(const DataType& type)
{
    Joined elements;
    for (const auto& element : type.elements)
        elements += type_text(element);
    return "tuple<" + elements.text() + ">";
}

std::string bare_text(const DataType& type)
{
    switch (type.id) {
    case TypeId::list: return collection_text("list", type);
    case TypeId::set: return collection_text("set", type);
    case TypeId::map: return collection_text("map", type);
    case TypeId::tuple: return tuple_text(type);
    case TypeId::vector:
        return "vector<" + type_text(type.elements.at(0)) + ", " + std::to_string(type.dimension) + ">";
    case TypeId::udt: return quoted_name(type.name);
    case TypeId::custom: return quoted_text(type.name);
    default: return std::string{native_name(type.id)};
    }
}

bool can_be_frozen(TypeId id) noexcept
{
    return is_collection(id) || id == TypeId::tuple || id == TypeId::udt;
}

}

std::string type_text(const DataType& type, bool frozen)
{
    const bool wrapped = type.id == TypeId::udt || (frozen && can_be_frozen(type.id));
    return wrapped ? "frozen<" + bare_text(type) + ">" : bare_text(type);
}

std::string type_text(const Column& column)
{
    if (column.counter)
        return "counter";
    if (column.type_text.empty())
        return column.type ? type_text(column.type(), column.frozen) : std::string{};
    const bool wrapped = column.frozen && !column.type_text.starts_with("frozen<");
    return wrapped ? "frozen<" + std::string{column.type_text} + ">" : std::string{column.type_text};
}

}
