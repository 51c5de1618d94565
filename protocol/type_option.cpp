#include <algorithm>
#include <protocol/type_option.hpp>

namespace coodie::protocol {
namespace {

constexpr std::uint16_t old_text_id = 0x000A;

bool travels_as_class(TypeId id)
{
    return id == TypeId::custom || id == TypeId::vector || id == TypeId::duration;
}

std::size_t types_within(const DataType& type)
{
    auto count = type.elements.size();
    for (const auto& element : type.elements)
        count += types_within(element);
    return count;
}

}

TypeReader::TypeReader(Reader& in) noexcept : in_{in}, budget_{std::min(in.remaining() / 2, max_type_nodes)} {}

DataType TypeReader::read(std::size_t depth)
{
    if (depth >= max_type_depth)
        in_.fail("types nested deeper than", max_type_depth);
    const auto id = in_.read_short();
    const auto node = nodes_++;
    DataType type{.id = static_cast<TypeId>(id)};
    if (in_.failed())
        return type;
    switch (type.id) {
    case TypeId::custom: read_custom(type, node); return type;
    case TypeId::list:
    case TypeId::set: read_elements(type, 1, depth); return type;
    case TypeId::map: read_elements(type, 2, depth); return type;
    case TypeId::udt: read_udt(type, depth); return type;
    case TypeId::tuple: read_elements(type, in_.read_short_count(2), depth); return type;
    case TypeId::duration: spellings_.push_back({node, id, {}}); return type;
    case TypeId::vector: break; // our own id, never on the wire
    case TypeId::ascii:
    case TypeId::bigint:
    case TypeId::blob:
    case TypeId::boolean:
    case TypeId::counter:
    case TypeId::decimal:
    case TypeId::double_:
    case TypeId::float_:
    case TypeId::int_:
    case TypeId::timestamp:
    case TypeId::uuid:
    case TypeId::text:
    case TypeId::varint:
    case TypeId::timeuuid:
    case TypeId::inet:
    case TypeId::date:
    case TypeId::time:
    case TypeId::smallint:
    case TypeId::tinyint: return type;
    }
    read_unlisted(type, node);
    return type;
}

void TypeReader::read_unlisted(DataType& type, std::size_t node)
{
    const auto id = static_cast<std::uint16_t>(type.id);
    if (id != old_text_id)
        in_.fail("a type of unknown id", id);
    spellings_.push_back({node, id, {}});
    type.id = TypeId::text;
}

void TypeReader::read_custom(DataType& type, std::size_t node)
{
    const auto name = in_.read_string();
    auto named = parse_custom_type(name);
    if (!named || named->id == TypeId::custom) {
        type.name = name;
        return;
    }
    if (!spend(types_within(*named)))
        return;
    spellings_.push_back({node, 0, name});
    type = *std::move(named);
}

bool TypeReader::spend(std::size_t count)
{
    if (count > budget_) {
        in_.fail("more types than the message can hold", static_cast<std::int64_t>(count));
        return false;
    }
    budget_ -= count;
    return true;
}

void TypeReader::read_elements(DataType& type, std::size_t count, std::size_t depth)
{
    if (!spend(count))
        return;
    type.elements.reserve(count);
    for (; count != 0 && !in_.failed(); --count)
        type.elements.push_back(read(depth + 1));
}

void TypeReader::read_udt(DataType& type, std::size_t depth)
{
    type.keyspace = in_.read_string();
    type.name = in_.read_string();
    const auto count = in_.read_short_count(4);
    if (!spend(count))
        return;
    type.field_names.reserve(count);
    type.elements.reserve(count);
    for (auto left = count; left != 0 && !in_.failed(); --left) {
        type.field_names.emplace_back(in_.read_string());
        type.elements.push_back(read(depth + 1));
    }
}

const TypeSpelling* TypeWriter::spelling_of_next()
{
    const auto node = nodes_++;
    if (spellings_.empty() || spellings_.front().node != node)
        return nullptr;
    const auto* const spelling = &spellings_.front();
    spellings_ = spellings_.subspan(1);
    return spelling;
}

TypeWriter::Head TypeWriter::head_of(const DataType& type)
{
    if (const auto* const spelling = spelling_of_next())
        return {spelling->id, std::string{spelling->class_name}};
    if (travels_as_class(type.id))
        return {0, class_name(type)};
    return {static_cast<std::uint16_t>(type.id), {}};
}

std::size_t TypeWriter::size(const DataType& type)
{
    const auto head = head_of(type);
    if (head.id == 0)
        return 2 + string_size(head.class_name);
    std::size_t size = 2;
    if (type.id == TypeId::udt) {
        size += string_size(type.keyspace) + string_size(type.name) + 2;
        for (const auto& name : type.field_names)
            size += string_size(name);
    } else if (type.id == TypeId::tuple)
        size += 2;
    for (const auto& element : type.elements)
        size += this->size(element);
    return size;
}

void TypeWriter::write(Writer& out, const DataType& type)
{
    const auto head = head_of(type);
    out.write_short(head.id);
    if (head.id == 0) {
        out.write_string(head.class_name);
        return;
    }
    if (type.id == TypeId::udt) {
        out.write_string(type.keyspace);
        out.write_string(type.name);
    }
    if (type.id == TypeId::udt || type.id == TypeId::tuple)
        out.write_short(type.elements.size());
    for (std::size_t i = 0; i != type.elements.size(); ++i) {
        if (type.id == TypeId::udt)
            out.write_string(type.field_names[i]);
        write(out, type.elements[i]);
    }
}

}
