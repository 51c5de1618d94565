#include <algorithm>
#include <coodie/blob.hpp>
#include <protocol/values/type_names.hpp>
#include <protocol/values/type_scanner.hpp>

namespace coodie::protocol {

namespace {

constexpr std::string_view package = "org.apache.cassandra.db.marshal.";

/// Reads class names. Every function is false, with the reason in `why_`, where the text is none.
class ClassParser
{
public:
    explicit ClassParser(std::string_view text) noexcept : in_{text} {}

    Result<DataType> parse()
    {
        DataType type;
        if (!parse_type(type, 0) || (!in_.at_end() && !because("something follows the type")))
            return Error{errc::protocol, "the server's type name is no type at character " +
                                             std::to_string(in_.position()) + ": " + why_};
        return type;
    }

private:
    bool because(const char* why) noexcept
    {
        why_ = why;
        return false;
    }
    bool expect(char sign) noexcept { return in_.take(sign) || because("a bracket or a comma is missing"); }

    bool parse_type(DataType& type, std::size_t depth);
    bool parse_class(DataType& type, std::string_view name, std::size_t begin, std::size_t depth);
    bool parse_composed(DataType& type, TypeId id, std::size_t count, std::size_t depth);
    bool parse_wrapped(DataType& type, std::size_t depth);
    bool parse_tuple(DataType& type, std::size_t depth);
    bool parse_vector(DataType& type, std::size_t depth);
    bool parse_user_type(DataType& type, std::size_t depth);
    bool parse_field(DataType& type, std::size_t depth);
    bool parse_unknown(DataType& type, std::size_t begin);
    bool read_hex(std::string& text, std::string_view hex);

    TypeScanner in_;
    const char* why_ = "";
};

bool ClassParser::parse_type(DataType& type, std::size_t depth)
{
    if (depth == max_type_depth)
        return because("types nest deeper than 32");
    if (!in_.count_type())
        return because("more than 65535 types");
    auto name = in_.word();
    if (in_.take(':')) { // a column's name in hex, in the class names of old collections
        std::string column;
        if (!read_hex(column, name))
            return false;
        name = in_.word();
    }
    if (name.empty())
        return because("a class name is missing");
    const auto begin = in_.position() - name.size();
    if (name.starts_with(package))
        name.remove_prefix(package.size());
    return parse_class(type, name, begin, depth);
}

bool ClassParser::parse_class(DataType& type, std::string_view name, std::size_t begin, std::size_t depth)
{
    if (name == "ListType")
        return parse_composed(type, TypeId::list, 1, depth);
    if (name == "SetType")
        return parse_composed(type, TypeId::set, 1, depth);
    if (name == "MapType")
        return parse_composed(type, TypeId::map, 2, depth);
    if (name == "FrozenType" || name == "ReversedType")
        return parse_wrapped(type, depth);
    if (name == "TupleType")
        return parse_tuple(type, depth);
    if (name == "VectorType")
        return parse_vector(type, depth);
    if (name == "UserType")
        return parse_user_type(type, depth);
    const auto* scalar = std::ranges::find(scalar_names, name, &ScalarName::marshal);
    if (scalar == scalar_names.end())
        return parse_unknown(type, begin);
    type.id = scalar->id;
    return true;
}

bool ClassParser::parse_composed(DataType& type, TypeId id, std::size_t count, std::size_t depth)
{
    type.id = id;
    type.elements.resize(count);
    for (std::size_t n = 0; n < count; ++n)
        if (!expect(n == 0 ? '(' : ',') || !parse_type(type.elements[n], depth + 1))
            return false;
    return expect(')');
}

bool ClassParser::parse_wrapped(DataType& type, std::size_t depth)
{
    return expect('(') && parse_type(type, depth + 1) && expect(')');
}

bool ClassParser::parse_tuple(DataType& type, std::size_t depth)
{
    type.id = TypeId::tuple;
    if (!expect('('))
        return false;
    do {
        if (!parse_type(type.elements.emplace_back(), depth + 1))
            return false;
    } while (in_.take(','));
    return expect(')');
}

bool ClassParser::parse_vector(DataType& type, std::size_t depth)
{
    type.id = TypeId::vector;
    if (!expect('(') || !parse_type(type.elements.emplace_back(), depth + 1) || !expect(','))
        return false;
    const auto dimension = parse_dimension(in_.word());
    if (!dimension)
        return because("a vector's dimension is no number from 0 to 2147483647");
    type.dimension = *dimension;
    return expect(')');
}

bool ClassParser::parse_user_type(DataType& type, std::size_t depth)
{
    type.id = TypeId::udt;
    if (!expect('('))
        return false;
    type.keyspace = in_.word();
    if (!expect(',') || !read_hex(type.name, in_.word()))
        return false;
    while (in_.take(','))
        if (!parse_field(type, depth))
            return false;
    return expect(')');
}

bool ClassParser::parse_field(DataType& type, std::size_t depth)
{
    return read_hex(type.field_names.emplace_back(), in_.word()) && expect(':') &&
           parse_type(type.elements.emplace_back(), depth + 1);
}

bool ClassParser::parse_unknown(DataType& type, std::size_t begin)
{
    const auto after = in_.position();
    if (in_.take('(')) {
        in_.go_to(after);
        if (!in_.skip_parentheses())
            return because("a bracket or a comma is missing");
    }
    type.name = in_.text_from(begin);
    return true;
}

bool ClassParser::read_hex(std::string& text, std::string_view hex)
{
    const auto bytes = parse_hex(hex);
    if (!bytes || bytes->empty())
        return because("a name is not written in hex");
    text.assign(reinterpret_cast<const char*>(bytes->data()), bytes->size());
    return true;
}

}

Result<DataType> parse_custom_type(std::string_view text)
{
    return ClassParser{text}.parse();
}

}
