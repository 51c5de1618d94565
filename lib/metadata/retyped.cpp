#include <lib/metadata/retyped.hpp>

namespace coodie::metadata {

namespace {

Error retype_one(DataType& type, const std::string& text, UserTypes& types)
{
    auto fresh = types.parse(text);
    if (!fresh)
        return fresh.error();
    type = std::move(*fresh);
    return {};
}

template <class Typed> Error retype_all(std::vector<Typed>& typed, UserTypes& types)
{
    for (auto& one : typed)
        if (auto error = retype_one(one.type, one.type_text, types))
            return {errc::bad_value, "'" + one.name + "': " + error.message()};
    return {};
}

Error retype_part(RelationMetadata& relation, UserTypes& types)
{
    return retype_all(relation.columns, types);
}

Error retype_part(FunctionMetadata& function, UserTypes& types)
{
    if (auto error = retype_all(function.arguments, types))
        return error;
    return retype_one(function.return_type, function.return_type_text, types);
}

Error retype_part(AggregateMetadata& aggregate, UserTypes& types)
{
    if (auto error = retype_all(aggregate.arguments, types))
        return error;
    if (auto error = retype_one(aggregate.state_type, aggregate.state_type_text, types))
        return error;
    return retype_one(aggregate.return_type, aggregate.return_type_text, types);
}

template <class Part>
void retype_parts(ByName<Part>& parts, const std::string& kind, UserTypes& types, UserTypes::Problems& problems)
{
    ByName<Part> fresh;
    for (const auto& [name, part] : parts) {
        auto copy = *part;
        if (auto error = retype_part(copy, types))
            problems[kind + " " + name] = error.message();
        else
            fresh[name] = copy == *part ? part : std::make_shared<const Part>(std::move(copy));
    }
    parts = std::move(fresh);
}

}

void retype(KeyspaceMetadata& keyspace, UserTypes& types)
{
    retype_parts(keyspace.tables, "table", types, keyspace.problems);
    retype_parts(keyspace.views, "view", types, keyspace.problems);
    retype_parts(keyspace.functions, "function", types, keyspace.problems);
    retype_parts(keyspace.aggregates, "aggregate", types, keyspace.problems);
}

}
