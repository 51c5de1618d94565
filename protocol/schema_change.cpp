#include <protocol/schema_change.hpp>

namespace coodie::protocol {
namespace {

bool has_keyspace(std::string_view target)
{
    return target == "KEYSPACE" || target == "TABLE" || target == "TYPE" || target == "FUNCTION" ||
           target == "AGGREGATE";
}

bool has_name(std::string_view target)
{
    return has_keyspace(target) && target != "KEYSPACE";
}

bool has_arguments(std::string_view target)
{
    return target == "FUNCTION" || target == "AGGREGATE";
}

}

std::size_t encoded_size(const SchemaChange& change) noexcept
{
    auto size = string_size(change.change) + string_size(change.target);
    if (has_keyspace(change.target))
        size += string_size(change.keyspace);
    if (has_name(change.target))
        size += string_size(change.name);
    if (has_arguments(change.target)) {
        size += 2;
        for (const auto& type : change.argument_types)
            size += string_size(type);
    }
    return size;
}

void encode(Writer& out, const SchemaChange& change) noexcept
{
    out.write_string(change.change);
    out.write_string(change.target);
    if (has_keyspace(change.target))
        out.write_string(change.keyspace);
    if (has_name(change.target))
        out.write_string(change.name);
    if (has_arguments(change.target)) {
        out.write_short(change.argument_types.size());
        for (const auto& type : change.argument_types)
            out.write_string(type);
    }
}

SchemaChange decode_schema_change(Reader& in)
{
    SchemaChange change;
    change.change = in.read_string();
    change.target = in.read_string();
    if (has_keyspace(change.target))
        change.keyspace = in.read_string();
    if (has_name(change.target))
        change.name = in.read_string();
    if (has_arguments(change.target)) {
        const auto types = in.read_string_list();
        change.argument_types.assign(types.begin(), types.end());
    }
    return change;
}

}
