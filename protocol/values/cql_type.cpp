#include <algorithm>
#include <protocol/values/type_names.hpp>
#include <protocol/values/type_scanner.hpp>

namespace coodie::protocol {

namespace {

char lower(char letter) noexcept
{
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

std::string lowered(std::string_view text)
{
    std::string name{text};
    std::ranges::transform(name, name.begin(), lower);
    return name;
}

/// Reads CQL's spelling. Every function is false, with the reason in `why_`, where the text is none.
class CqlTypeParser
{
public:
    explicit CqlTypeParser(std::string_view text) noexcept : in_{text} {}

    Result<DataType> parse()
    {
        DataType type;
        if (!parse_type(type, 0) || (!in_.at_end() && !because("something follows the type")))
            return Error{errc::bad_value,
                         "the text is no CQL type at character " + std::to_string(in_.position()) + ": " + why_};
        return type;
    }

private:
    bool because(std::string_view why)
    {
        if (why_.empty())
            why_ = why;
        return false;
    }
    bool expect(char sign) { return in_.take(sign) || because("a bracket or a comma is missing"); }

    bool parse_type(DataType& type, std::size_t depth);
    bool parse_named(DataType& type, const std::string& name, std::size_t depth);
    bool parse_composed(DataType& type, TypeId id, std::size_t count, std::size_t depth);
    bool parse_vector(DataType& type, std::size_t depth);
    bool parse_tuple(DataType& type, std::size_t depth);
    bool parse_user_type(DataType& type, std::size_t depth);
    bool parse_fields(DataType& type, char close, std::size_t depth);
    bool parse_class(DataType& type, std::string_view name, std::size_t depth);
    bool parse_user_name(DataType& type, std::string_view word);
    bool parse_name(DataType& type, std::string first, bool more);

    TypeScanner in_;
    std::string why_;
};

bool CqlTypeParser::parse_type(DataType& type, std::size_t depth)
{
    if (depth == max_type_depth)
        return because("types nest deeper than 32");
    if (!in_.count_type())
        return because("more than 65535 types");
    if (auto name = in_.quoted('\''))
        return parse_class(type, *name, depth);
    if (auto name = in_.quoted('"'))
        return parse_name(type, std::move(*name), in_.take('.'));
    const auto name = lowered(in_.word());
    return name.empty() ? because("a type's name is missing") : parse_named(type, name, depth);
}

bool CqlTypeParser::parse_named(DataType& type, const std::string& name, std::size_t depth)
{
    if (name == "list")
        return parse_composed(type, TypeId::list, 1, depth);
    if (name == "set")
        return parse_composed(type, TypeId::set, 1, depth);
    if (name == "map")
        return parse_composed(type, TypeId::map, 2, depth);
    if (name == "vector")
        return parse_vector(type, depth);
    if (name == "tuple")
        return parse_tuple(type, depth);
    if (name == "frozen")
        return expect('<') && parse_type(type, depth + 1) && expect('>');
    if (name == "udt")
        return parse_user_type(type, depth);
    const auto* scalar = std::ranges::find(scalar_names, name, &ScalarName::cql);
    if (scalar == scalar_names.end())
        return parse_user_name(type, name);
    type.id = scalar->id;
    return true;
}

bool CqlTypeParser::parse_composed(DataType& type, TypeId id, std::size_t count, std::size_t depth)
{
    type.id = id;
    type.elements.resize(count);
    for (std::size_t n = 0; n < count; ++n)
        if (!expect(n == 0 ? '<' : ',') || !parse_type(type.elements[n], depth + 1))
            return false;
    return expect('>');
}

bool CqlTypeParser::parse_vector(DataType& type, std::size_t depth)
{
    if (!in_.take('<')) // old servers have user types of this name
        return parse_name(type, "vector", false);
    type.id = TypeId::vector;
    if (!parse_type(type.elements.emplace_back(), depth + 1) || !expect(','))
        return false;
    const auto dimension = parse_dimension(in_.word());
    if (!dimension)
        return because("a vector's dimension is no number from 0 to 2147483647");
    type.dimension = *dimension;
    return expect('>');
}

bool CqlTypeParser::parse_tuple(DataType& type, std::size_t depth)
{
    type.id = TypeId::tuple;
    if (!expect('<'))
        return false;
    do {
        if (!parse_type(type.elements.emplace_back(), depth + 1))
            return false;
    } while (in_.take(','));
    return expect('>');
}

bool CqlTypeParser::parse_user_type(DataType& type, std::size_t depth)
{
    type.id = TypeId::udt;
    if (in_.take('<'))
        return parse_fields(type, '>', depth);
    auto quoted = in_.quoted('"');
    const auto name = quoted ? std::string{} : lowered(in_.word());
    if (!quoted && name.empty()) // a user type of this name
        return parse_name(type, "udt", false);
    const bool named = quoted ? parse_name(type, std::move(*quoted), in_.take('.')) : parse_user_name(type, name);
    return named && expect('{') && parse_fields(type, '}', depth);
}

bool CqlTypeParser::parse_fields(DataType& type, char close, std::size_t depth)
{
    do {
        auto quoted = in_.quoted('"');
        type.field_names.push_back(quoted ? std::move(*quoted) : std::string{in_.word()});
        if (type.field_names.back().empty())
            return because("a field's name is missing");
        if (!expect(':') || !parse_type(type.elements.emplace_back(), depth + 1))
            return false;
    } while (in_.take(','));
    return expect(close);
}

bool CqlTypeParser::parse_class(DataType& type, std::string_view name, std::size_t depth)
{
    auto parsed = parse_custom_type(name);
    if (!parsed)
        return because(parsed.error().message());
    if (depth + depth_of(*parsed) > max_type_depth)
        return because("types nest deeper than 32");
    type = std::move(*parsed);
    return true;
}

/// A user type's name as words have it: "name", or "keyspace.name" in one or with the name in quotes after it.
bool CqlTypeParser::parse_user_name(DataType& type, std::string_view word)
{
    const auto dot = word.find('.');
    if (dot == std::string_view::npos)
        return parse_name(type, std::string{word}, false);
    const auto name = word.substr(dot + 1);
    if (name.empty())
        return parse_name(type, std::string{word.substr(0, dot)}, true);
    type.keyspace = word.substr(0, dot);
    return parse_name(type, std::string{name}, false);
}

/// `first` is the keyspace when the name is yet to come.
bool CqlTypeParser::parse_name(DataType& type, std::string first, bool more)
{
    type.id = TypeId::udt;
    if (more) {
        type.keyspace = std::move(first);
        auto quoted = in_.quoted('"');
        first = quoted ? std::move(*quoted) : lowered(in_.word());
    }
    type.name = std::move(first);
    return !type.name.empty() || because("a type's name is missing");
}

}

std::size_t depth_of(const DataType& type)
{
    std::size_t depth = 0;
    for (const auto& element : type.elements)
        depth = std::max(depth, depth_of(element));
    return depth + 1;
}

Result<DataType> parse_cql_type(std::string_view text)
{
    return CqlTypeParser{text}.parse();
}

}
