// Names of types.
#include "json_value.hpp"
#include "kinds.hpp"

#include <algorithm>
#include <protocol/types.hpp>

namespace vectors {

namespace {

using namespace coodie;

void custom_type(const Json& input, const Json& expected)
{
    const auto name = input.at("class").get<std::string>();
    const auto type = accepted(name, protocol::parse_custom_type(name));
    const auto wanted = type_named(expected.at("cql_type"));
    expect(type == wanted, type.to_string() + ", expected " + wanted.to_string());
}

bool has_unknown_class(const DataType& type)
{
    return type.id == TypeId::custom || std::ranges::any_of(type.elements, has_unknown_class);
}

/// A class that nobody knows is no error here: its values stay bytes, so that the rest of a response can be read.
void custom_type_reject(const Json& input, const Json&)
{
    const auto type = protocol::parse_custom_type(input.at("class").get<std::string>());
    expect(!type || has_unknown_class(*type), "read as " + (type ? type->to_string() : ""));
}

constexpr Kind kinds[] = {
    {"custom_type", custom_type},
    {"custom_type_reject", custom_type_reject},
};

}

std::span<const Kind> type_kinds()
{
    return kinds;
}

}
