#include <array>
#include <coodie/data_type.hpp>

namespace coodie {

namespace {

std::string joined(const std::vector<DataType>& types)
{
    std::string text;
    for (const auto& type : types)
        text += (text.empty() ? "" : ", ") + type.to_string();
    return text;
}

std::string user_type(const DataType& type)
{
    if (!type.name.empty())
        return type.keyspace.empty() ? type.name : type.keyspace + "." + type.name;
    std::string text;
    for (std::size_t n = 0; n < type.elements.size(); ++n)
        text += (n == 0 ? "" : ", ") + (n < type.field_names.size() ? type.field_names[n] : "") + ": " +
                type.elements[n].to_string();
    return "udt<" + text + ">";
}

}

bool DataType::has_parts_of(const DataType& other) const noexcept
{
    return dimension == other.dimension && name == other.name && keyspace == other.keyspace &&
           field_names == other.field_names && elements == other.elements;
}

std::string DataType::to_string() const
{
    switch (id) {
    case TypeId::custom: return "'" + name + "'";
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
    case TypeId::list: return "list<" + joined(elements) + ">";
    case TypeId::map: return "map<" + joined(elements) + ">";
    case TypeId::set: return "set<" + joined(elements) + ">";
    case TypeId::udt: return user_type(*this);
    case TypeId::tuple: return "tuple<" + joined(elements) + ">";
    case TypeId::vector: return "vector<" + joined(elements) + ", " + std::to_string(dimension) + ">";
    }
    return "type " + std::to_string(static_cast<unsigned>(id));
}

const DataType& detail::plain_type(TypeId id) noexcept
{
    // Made all at once, never destroyed: constants of a program that ends may still ask.
    static const auto& types = *[] {
        auto* all = new std::array<DataType, static_cast<std::size_t>(TypeId::duration) + 1>;
        for (std::size_t i = 0; i != all->size(); ++i)
            (*all)[i].id = static_cast<TypeId>(i);
        return all;
    }();
    return types[static_cast<std::size_t>(id)];
}

const DataType& detail::type_of_parts(TypeId id, std::initializer_list<TypeOf> parts, std::uint32_t dimension)
{
    auto* made = new DataType{.id = id, .dimension = dimension}; // its codec keeps it, as long as the program runs
    for (const auto part : parts)
        made->elements.push_back(part());
    return *made;
}

}
