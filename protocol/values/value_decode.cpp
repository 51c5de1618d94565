#include <coodie/ascii.hpp>
#include <protocol/values/value_path.hpp>

namespace coodie {

namespace {

/// Reads one value. Every function is false, with the place and the reason in `path_`, where the bytes are none.
class Decoder
{
public:
    explicit Decoder(std::size_t bytes) noexcept : memory_{128 * bytes + (std::size_t{16} << 20U)} {}

    bool read(std::span<const std::byte> in, const DataType& type, std::size_t depth, Value& out);
    Error error(const DataType& type) const { return path_.error(type); }

private:
    using Bytes = std::span<const std::byte>;

    template <class T> bool load(Bytes in, const DataType& type, Value& out)
    {
        T value{};
        if (!Codec<T>::load(in, value))
            return path_.because(std::to_string(in.size()) + " bytes that are no " + type.to_string());
        out = std::move(value);
        return true;
    }
    /// A few bytes can stand for many missing fields with long names, or vectors in vectors: what they may cost is
    /// bounded.
    bool spend(std::size_t size)
    {
        if (size > memory_)
            return path_.because("the value would take far more memory than its bytes");
        memory_ -= size;
        return true;
    }
    bool read_cell(Cell cell, const DataType& type, std::size_t depth, Value& out)
    {
        return cell.is_null() || read(cell.bytes(), type, depth, out);
    }
    bool read_sequence(Bytes in, const DataType& type, std::size_t depth, Value& out);
    bool read_map(Bytes in, const DataType& type, std::size_t depth, Value& out);
    bool read_vector(Bytes in, const DataType& type, std::size_t depth, Value& out);
    bool read_vector_element(Bytes& in, const DataType& type, std::size_t depth, Value& out);
    bool read_tuple(Bytes in, const DataType& type, std::size_t depth, Value& out);
    bool read_record(Bytes in, const DataType& type, std::size_t depth, Value& out);
    bool read_count(detail::ElementReader& reader, std::size_t minimum, std::size_t& count)
    {
        return reader.read_count(minimum, count) || path_.because("the count of elements exceeds the bytes");
    }
    bool next(detail::ElementReader& reader, Cell& cell)
    {
        return reader.next(cell) || path_.because("an element is longer than the bytes");
    }
    bool finish(const detail::ElementReader& reader)
    {
        return reader.at_end() || path_.because("bytes follow the last element");
    }

    std::size_t memory_;
    protocol::ValuePath path_;
};

bool Decoder::read_sequence(Bytes in, const DataType& type, std::size_t depth, Value& out)
{
    detail::ElementReader reader{in};
    std::size_t count = 0;
    if (!read_count(reader, 4, count))
        return false;
    Value::List list(count);
    Cell cell;
    for (std::size_t n = 0; n < count; ++n)
        if (!next(reader, cell) || !read_cell(cell, type.elements[0], depth + 1, list[n]))
            return path_.inside("element", n);
    out = std::move(list);
    return finish(reader);
}

bool Decoder::read_map(Bytes in, const DataType& type, std::size_t depth, Value& out)
{
    detail::ElementReader reader{in};
    std::size_t count = 0;
    if (!read_count(reader, 8, count))
        return false;
    Value::Map map(count);
    Cell cell;
    for (std::size_t n = 0; n < count; ++n) {
        if (!next(reader, cell) || !read_cell(cell, type.elements[0], depth + 1, map[n].first))
            return path_.inside("key", n);
        if (!next(reader, cell) || !read_cell(cell, type.elements[1], depth + 1, map[n].second))
            return path_.inside("value of key", n);
    }
    out = std::move(map);
    return finish(reader);
}

bool Decoder::read_vector(Bytes in, const DataType& type, std::size_t depth, Value& out)
{
    // An element takes a byte at least: its length, if nothing else.
    if (type.dimension > in.size())
        return path_.because(std::to_string(in.size()) + " bytes are no " + type.to_string());
    if (!spend(type.dimension * sizeof(Value)))
        return false;
    Value::List list(type.dimension);
    for (std::size_t n = 0; n < list.size(); ++n)
        if (!read_vector_element(in, type.elements[0], depth + 1, list[n]))
            return path_.inside("element", n);
    out = std::move(list);
    return in.empty() || path_.because("bytes follow the last element");
}

bool Decoder::read_vector_element(Bytes& in, const DataType& type, std::size_t depth, Value& out)
{
    std::uint64_t size = protocol::packed_size(type);
    if ((size == 0 && !detail::load_vint(in, size)) || size > in.size())
        return path_.because("an element is longer than the bytes");
    const auto element = in.first(size);
    in = in.subspan(size);
    return read(element, type, depth, out);
}

bool Decoder::read_tuple(Bytes in, const DataType& type, std::size_t depth, Value& out)
{
    if (!spend(type.elements.size() * sizeof(Value)))
        return false;
    detail::ElementReader reader{in};
    Value::List list(type.elements.size());
    Cell cell;
    for (std::size_t n = 0; n < list.size() && !reader.at_end(); ++n)
        if (!next(reader, cell) || !read_cell(cell, type.elements[n], depth + 1, list[n]))
            return path_.inside("field", n);
    out = std::move(list);
    return finish(reader);
}

bool Decoder::read_record(Bytes in, const DataType& type, std::size_t depth, Value& out)
{
    Value::Record record;
    detail::ElementReader reader{in};
    for (std::size_t n = 0; n < type.elements.size(); ++n) {
        const auto& name = type.field_names[n];
        if (!spend(sizeof(Value::Record::value_type) + name.size()))
            return false;
        auto& field = record.emplace_back(name, Value{}).second;
        Cell cell;
        if (!reader.next_field(cell) && !path_.because("an element is longer than the bytes"))
            return path_.inside_field(name);
        if (!read_cell(cell, type.elements[n], depth + 1, field))
            return path_.inside_field(name);
    }
    out = std::move(record);
    return finish(reader);
}

bool has_empty_value(TypeId id) noexcept
{
    return id == TypeId::text || id == TypeId::ascii || id == TypeId::blob || id == TypeId::custom;
}

bool Decoder::read(Bytes in, const DataType& type, std::size_t depth, Value& out)
{
    if (depth >= protocol::max_value_depth)
        return path_.because("types nest deeper than 32");
    if (!protocol::is_complete(type))
        return path_.because("the type lacks the types of its elements");
    if (in.empty() && type.id < TypeId::list && !has_empty_value(type.id)) {
        out = Value::Empty{};
        return true;
    }
    switch (type.id) {
    case TypeId::custom:
    case TypeId::blob: return load<Blob>(in, type, out);
    case TypeId::ascii: return load<Ascii>(in, type, out);
    case TypeId::text: return load<std::string>(in, type, out);
    case TypeId::bigint:
    case TypeId::counter: return load<std::int64_t>(in, type, out);
    case TypeId::int_: return load<std::int32_t>(in, type, out);
    case TypeId::smallint: return load<std::int16_t>(in, type, out);
    case TypeId::tinyint: return load<std::int8_t>(in, type, out);
    case TypeId::boolean: return load<bool>(in, type, out);
    case TypeId::decimal: return load<Decimal>(in, type, out);
    case TypeId::double_: return load<double>(in, type, out);
    case TypeId::float_: return load<float>(in, type, out);
    case TypeId::timestamp: return load<Timestamp>(in, type, out);
    case TypeId::uuid:
    case TypeId::timeuuid: return load<Uuid>(in, type, out);
    case TypeId::varint: return load<Varint>(in, type, out);
    case TypeId::inet: return load<Inet>(in, type, out);
    case TypeId::date: return load<Date>(in, type, out);
    case TypeId::time: return load<Time>(in, type, out);
    case TypeId::duration: return load<Duration>(in, type, out);
    case TypeId::list:
    case TypeId::set: return read_sequence(in, type, depth, out);
    case TypeId::map: return read_map(in, type, depth, out);
    case TypeId::udt: return read_record(in, type, depth, out);
    case TypeId::tuple: return read_tuple(in, type, depth, out);
    case TypeId::vector: return read_vector(in, type, depth, out);
    }
    return path_.because("no values of " + type.to_string() + " are known");
}

}

Result<Value> decode(std::span<const std::byte> bytes, const DataType& type)
{
    Value value;
    Decoder decoder{bytes.size()};
    if (!decoder.read(bytes, type, 0, value))
        return decoder.error(type);
    return value;
}

Result<Value> decode(Cell cell, const DataType& type)
{
    return cell.is_null() ? Result<Value>{Value{}} : decode(cell.bytes(), type);
}

}
