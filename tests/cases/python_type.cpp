#include "python_type.hpp"

#include "owned_table.hpp"

#include <coodie/mapping/identifier.hpp>

namespace cases {

using coodie::DataType;
using coodie::TypeId;

namespace {

const std::map<std::string, TypeId, std::less<>> scalars{
    {"str", TypeId::text},           {"int", TypeId::int_},
    {"float", TypeId::float_},       {"bool", TypeId::boolean},
    {"bytes", TypeId::blob},         {"UUID", TypeId::uuid},
    {"datetime", TypeId::timestamp}, {"date", TypeId::date},
    {"time", TypeId::time},          {"dt_time", TypeId::time},
    {"Decimal", TypeId::decimal},    {"IPv4Address", TypeId::inet},
    {"IPv6Address", TypeId::inet},   {"CqlDuration", TypeId::duration}};

const std::map<std::string, TypeId, std::less<>> markers{
    {"BigInt", TypeId::bigint},     {"SmallInt", TypeId::smallint}, {"TinyInt", TypeId::tinyint},
    {"VarInt", TypeId::varint},     {"Double", TypeId::double_},    {"Ascii", TypeId::ascii},
    {"TimeUUID", TypeId::timeuuid}, {"Time", TypeId::time},         {"Duration", TypeId::duration}};

const std::map<std::string, TypeId, std::less<>> collections{
    {"list", TypeId::list}, {"List", TypeId::list},     {"set", TypeId::set},
    {"Set", TypeId::set},   {"frozenset", TypeId::set}, {"dict", TypeId::map},
    {"Dict", TypeId::map},  {"tuple", TypeId::tuple},   {"Tuple", TypeId::tuple}};

std::string last_word(const std::string& name)
{
    return name.substr(name.rfind('.') + 1);
}

class Reader
{
public:
    explicit Reader(const UserTypeNames& names) : names_{names} {}

    PythonType read(const Annotation& annotation) const
    {
        if (annotation.name == "Annotated")
            return marked(annotation);
        if (annotation.name == "Optional" || annotation.name == "Union")
            return alternative(annotation);
        const auto name = last_word(annotation.name);
        if (const auto found = collections.find(name); found != collections.end())
            return collection(annotation, name, found->second);
        if (const auto found = scalars.find(name); found != scalars.end())
            return {{.id = found->second}, false, {}};
        return user_type(annotation.name);
    }

private:
    PythonType alternative(const Annotation& annotation) const
    {
        std::vector<const Annotation*> types;
        for (const auto& element : annotation.elements)
            if (element.name != "None")
                types.push_back(&element);
        if (types.size() != 1)
            throw NoSuchType{"a column has one type, not several"};
        return read(*types[0]);
    }
    PythonType collection(const Annotation& annotation, const std::string& name, TypeId id) const
    {
        PythonType made{{.id = id}, name == "frozenset", {}};
        for (const auto& element : annotation.elements) {
            if (element.name == "...")
                throw NoSuchType{"a tuple has a fixed number of elements"};
            made.type.elements.push_back(read(element).type);
        }
        if (!annotation.bracketed) {
            if (name[0] < 'A' || name[0] > 'Z')
                throw NoSuchType{name + " without its elements"};
            made.type.elements.resize(id == TypeId::map ? 2 : 1, DataType{.id = TypeId::text});
        }
        return made;
    }
    /// A class of one's own: called by its own name for the server, or as the class is.
    PythonType user_type(const std::string& text) const
    {
        static constexpr std::string_view named = "UDT named ";
        auto name = text;
        if (text.starts_with(named))
            name = text.substr(named.size());
        else if (text == "UDT")
            name = coodie::cql::snake_case("HTTPAddress");
        else if (const auto own = names_.find(text); own != names_.end())
            name = own->second;
        else if (text.empty() || text[0] < 'A' || text[0] > 'Z')
            throw NoSuchType{"no CQL type for " + text};
        else
            name = coodie::cql::snake_case(text);
        return {{.id = TypeId::udt, .name = name}, true, {}};
    }
    PythonType marked(const Annotation& annotation) const
    {
        auto made = read(annotation.elements.at(0));
        for (std::size_t i = 1; i != annotation.elements.size(); ++i)
            mark(made, annotation.elements[i]);
        return made;
    }
    static void mark(PythonType& made, const Annotation& marker)
    {
        if (const auto found = markers.find(marker.name); found != markers.end())
            made.type = {.id = found->second};
        else if (marker.name == "Frozen")
            made.frozen = true;
        else if (marker.name == "Vector")
            make_vector(made, marker);
        else if (!mark_column(made.column, marker))
            throw UnknownCase{"marker " + marker.name};
    }
    static bool mark_column(coodie::Column& column, const Annotation& marker)
    {
        if (marker.name == "PrimaryKey")
            column.kind = coodie::ColumnKind::partition_key;
        else if (marker.name == "ClusteringKey")
            column.kind = coodie::ColumnKind::clustering;
        else if (marker.name == "Static")
            column.kind = coodie::ColumnKind::static_;
        else if (marker.name == "Indexed")
            column.indexed = true;
        else if (marker.name == "Counter")
            column.counter = true;
        else if (marker.name == "VectorIndex")
            column.vector_index = coodie::Similarity::cosine;
        else
            return marker.name == "Discriminator";
        for (const auto& [name, value] : marker.arguments)
            read_argument(column, name, value);
        return true;
    }
    static void read_argument(coodie::Column& column, const std::string& name, const std::string& value)
    {
        if (name == "partition_key_index" || name == "clustering_key_index")
            column.position = static_cast<std::uint8_t>(std::stoi(value));
        else if (name == "similarity_function")
            column.vector_index = similarity_named(std::string_view{value}.substr(1, value.size() - 2));
        else if (name == "order" || (name.empty() && value.find("DESC") != std::string::npos))
            column.order = value.find("DESC") != std::string::npos ? coodie::descending : coodie::ascending;
        else
            throw UnknownCase{"argument " + name + " of a marker"};
    }
    static void make_vector(PythonType& made, const Annotation& marker)
    {
        const DataType floats{.id = TypeId::list, .elements = {DataType{.id = TypeId::float_}}};
        const auto dimension = marker.arguments.empty() ? 0 : std::stoi(marker.arguments[0].second);
        if (made.type != floats || dimension <= 0)
            throw NoSuchType{"a vector has floats and at least one of them"};
        made.type = {
            .id = TypeId::vector, .elements = floats.elements, .dimension = static_cast<std::uint32_t>(dimension)};
    }

    const UserTypeNames& names_;
};

}

PythonType python_type(std::string_view annotation, const UserTypeNames& user_types)
{
    return Reader{user_types}.read(parse_annotation(annotation));
}

}
