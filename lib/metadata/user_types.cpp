#include <algorithm>
#include <lib/metadata/type_order.hpp>
#include <lib/metadata/user_types.hpp>
#include <protocol/types.hpp>

namespace coodie::metadata {

namespace {

/// What columns of old compact tables without values have; not a name that a type could take.
constexpr std::string_view empty_class = "org.apache.cassandra.db.marshal.EmptyType";

Error no_type(std::string why)
{
    return {errc::bad_value, std::move(why)};
}

std::size_t parts_of(const DataType& type)
{
    std::size_t parts = 1;
    for (const auto& element : type.elements)
        parts += parts_of(element);
    return parts;
}

}

UserTypes::UserTypes(std::string keyspace, std::vector<Definition> definitions, Problems& problems)
    : keyspace_{std::move(keyspace)}
{
    const auto order = order_types(definitions);
    for (const auto place : order.places)
        define(definitions[place], problems);
    for (const auto place : order.in_circles)
        problems["type " + definitions[place].name] = "it is made of itself, or of a type that is";
}

UserTypes::UserTypes(const KeyspaceMetadata& known)
    : keyspace_{known.name}, types_{known.types}, order_{known.type_order}
{
    for (const auto& [name, type] : types_)
        remember(*type);
}

void UserTypes::define(const Definition& definition, Problems& problems)
{
    const auto problem = [&](std::string why) { problems["type " + definition.name] = std::move(why); };
    if (definition.field_names.size() != definition.field_types.size())
        return problem("it has not as many names as types of fields");
    TypeMetadata made{.keyspace = keyspace_, .name = definition.name, .fields = {}};
    for (std::size_t i = 0; i != definition.field_names.size(); ++i) {
        auto type = parse(definition.field_types[i]);
        if (!type)
            return problem("field '" + definition.field_names[i] + "': " + type.error().message());
        made.fields.push_back({definition.field_names[i], std::move(*type), definition.field_types[i]});
    }
    remember(made);
    const auto& known = known_.at(made.name);
    if (known.parts > protocol::max_type_nodes || known.depth > protocol::max_type_depth) {
        known_.erase(made.name);
        return problem("it nests too deep or has too many parts");
    }
    order_.push_back(made.name);
    types_[definition.name] = std::make_shared<const TypeMetadata>(std::move(made));
}

void UserTypes::remember(const TypeMetadata& type)
{
    Known known{.type = {.id = TypeId::udt, .keyspace = type.keyspace, .name = type.name}};
    for (const auto& field : type.fields) {
        known.type.field_names.push_back(field.name);
        known.type.elements.push_back(field.type);
    }
    known.parts = parts_of(known.type);
    known.depth = protocol::depth_of(known.type);
    known_[type.name] = std::move(known);
}

Result<DataType> UserTypes::parse(std::string_view text)
{
    auto type = protocol::parse_cql_type(text);
    if (!type)
        return type;
    std::size_t parts = 0;
    if (auto error = complete(*type, 1, parts))
        return error;
    parts_left_ -= parts;
    return type;
}

/// Counts the parts first and makes them then; `depth` is that of `type`.
Error UserTypes::complete(DataType& type, std::size_t depth, std::size_t& parts)
{
    if (type.id == TypeId::udt && type.elements.empty())
        return complete_named(type, depth, parts);
    if (++parts > std::min(protocol::max_type_nodes, parts_left_))
        return no_type("the type has too many parts");
    for (auto& element : type.elements)
        if (auto error = complete(element, depth + 1, parts))
            return error;
    return {};
}

Error UserTypes::complete_named(DataType& type, std::size_t depth, std::size_t& parts)
{
    const auto known = known_.find(type.name);
    const bool is_ours = type.keyspace.empty() || type.keyspace == keyspace_;
    if (known == known_.end() || !is_ours) {
        if (type.name != "empty")
            return no_type("the keyspace has no type '" + type.name + "'");
        type = {.id = TypeId::custom, .name = std::string{empty_class}};
        ++parts;
        return {};
    }
    parts += known->second.parts;
    if (parts > std::min(protocol::max_type_nodes, parts_left_))
        return no_type("the type has too many parts");
    if (depth - 1 + known->second.depth > protocol::max_type_depth)
        return no_type("types nest deeper than 32");
    type = known->second.type;
    return {};
}

}
