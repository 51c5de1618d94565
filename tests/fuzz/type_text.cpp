// Types as system_schema spells them, beside hostile user types. Each line is a type or, with a '=' in it, a user type:
// name = type of its first field, type of its second field ... (a ';' between them).
#include "fuzz.hpp"
#include <algorithm>
#include <lib/metadata/user_types.hpp>
#include <protocol/types.hpp>

using namespace coodie;
using namespace coodie::metadata;

namespace {

constexpr std::size_t most_parts = std::size_t{1} << 20U;

std::vector<std::string> split(std::string_view text, char sign)
{
    std::vector<std::string> parts;
    for (std::size_t at = 0; at <= text.size();) {
        const auto end = std::min(text.find(sign, at), text.size());
        parts.emplace_back(text.substr(at, end - at));
        at = end + 1;
    }
    return parts;
}

UserTypes::Definition definition(std::string_view line, std::size_t equals)
{
    UserTypes::Definition made;
    made.name = line.substr(0, equals);
    made.field_types = split(line.substr(equals + 1), ';');
    for (std::size_t i = 0; i != made.field_types.size(); ++i)
        made.field_names.push_back("f" + std::to_string(i));
    return made;
}

/// The parts of a type; deeper than allowed is a broken promise.
std::size_t parts_of(const DataType& type, std::size_t depth = 1)
{
    expect(depth <= protocol::max_type_depth, "no type is deeper than 32");
    std::size_t parts = 1;
    for (const auto& element : type.elements)
        parts += parts_of(element, depth + 1);
    return parts;
}

bool is_complete(const DataType& type)
{
    return (type.id != TypeId::udt || type.elements.size() == type.field_names.size()) &&
           std::ranges::all_of(type.elements, is_complete);
}

std::size_t parts_of(const UserTypes& types)
{
    std::size_t parts = 0;
    for (const auto& [name, type] : types.types())
        for (const auto& field : type->fields)
            parts += parts_of(field.type);
    return parts;
}

}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* input, std::size_t size)
{
    std::vector<UserTypes::Definition> definitions;
    std::vector<std::string> texts;
    std::size_t defined = 0;
    for (const auto& line : split({reinterpret_cast<const char*>(input), size}, '\n'))
        if (const auto equals = line.find('='); equals != line.npos && ++defined != 0)
            definitions.push_back(definition(line, equals));
        else
            texts.push_back(line);

    UserTypes::Problems problems;
    UserTypes types{"ks", std::move(definitions), problems};
    expect(types.types().size() == types.order().size(), "every type has its place in the order");
    expect(types.types().size() + problems.size() <= defined, "every type is there or told of, not both");
    auto parts = parts_of(types);
    for (const auto& text : texts)
        if (const auto type = types.parse(text)) {
            expect(is_complete(*type), "every user type has its fields");
            static_cast<void>(type->to_string());
            parts += parts_of(*type);
        }
    expect(parts <= most_parts, "all types together are bounded");
    return 0;
}
