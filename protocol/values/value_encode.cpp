#include <algorithm>
#include <cmath>
#include <limits>
#include <protocol/values/value_path.hpp>

namespace coodie {

namespace {

using protocol::kind_of;

/// Writes one value. Every function is false, with the place and the reason in `path_`, where it does not fit.
class Encoder
{
public:
    explicit Encoder(std::vector<std::byte>& out) noexcept : out_{out} {}

    bool write(const Value& value, const DataType& type, std::size_t depth);
    /// With an [int] length in front; null as it travels.
    bool write_element(const Value& value, const DataType& type, std::size_t depth);
    Error error(const DataType& type) const { return path_.error(type); }

private:
    bool mismatch(const Value& value, const DataType& type)
    {
        return path_.because(std::string{kind_of(value)} + " is no " + type.to_string());
    }
    std::byte* extend(std::size_t size)
    {
        out_.resize(out_.size() + size);
        return out_.data() + out_.size() - size;
    }
    template <class T> bool put(const T& value)
    {
        Codec<T>::store(extend(Codec<T>::size(value)), value);
        return true;
    }
    template <class T> bool put_held(const Value& value, const DataType& type)
    {
        const auto* held = std::get_if<T>(&value.content());
        return held ? put(*held) : mismatch(value, type);
    }
    template <class T> bool put_integer(const Value& value, const DataType& type);
    bool put_varint(const Value& value, const DataType& type);
    bool put_float(const Value& value, const DataType& type);
    bool put_text(const Value& value, const DataType& type);
    bool put_duration(const Value& value, const DataType& type);
    bool put_sequence(const Value& value, const DataType& type, std::size_t depth);
    bool put_map(const Value& value, const DataType& type, std::size_t depth);
    bool put_vector(const Value& value, const DataType& type, std::size_t depth);
    bool put_vector_element(const Value& value, const DataType& type, std::size_t depth);
    bool put_tuple(const Value& value, const DataType& type, std::size_t depth);
    bool put_record(const Value& value, const DataType& type, std::size_t depth);
    bool put_count(std::size_t count);

    std::vector<std::byte>& out_;
    protocol::ValuePath path_;
};

template <class T> bool Encoder::put_integer(const Value& value, const DataType& type)
{
    const auto* held = std::get_if<std::int64_t>(&value.content());
    if (!held && !std::holds_alternative<Varint>(value.content()))
        return mismatch(value, type);
    if (!held || *held < std::numeric_limits<T>::min() || *held > std::numeric_limits<T>::max())
        return path_.because("the integer is out of the range of " + type.to_string());
    return put(static_cast<T>(*held));
}

bool Encoder::put_varint(const Value& value, const DataType& type)
{
    const auto* held = std::get_if<std::int64_t>(&value.content());
    return held ? put(Varint{*held}) : put_held<Varint>(value, type);
}

bool Encoder::put_float(const Value& value, const DataType& type)
{
    const auto* held = std::get_if<double>(&value.content());
    if (!held)
        return mismatch(value, type);
    if (std::isfinite(*held) && std::abs(*held) > std::numeric_limits<float>::max())
        return path_.because("the number is out of the range of float");
    return put(static_cast<float>(*held));
}

bool Encoder::put_text(const Value& value, const DataType& type)
{
    const auto* held = std::get_if<std::string>(&value.content());
    if (!held)
        return mismatch(value, type);
    if (!(type.id == TypeId::ascii ? detail::is_ascii(*held) : detail::is_utf8(*held)))
        return path_.because(type.id == TypeId::ascii ? "the text is not all ASCII" : "the text is not UTF-8");
    return put(*held);
}

bool Encoder::put_duration(const Value& value, const DataType& type)
{
    const auto* held = std::get_if<Duration>(&value.content());
    if (held && !held->is_valid())
        return path_.because("the parts of the duration differ in sign");
    return put_held<Duration>(value, type);
}

bool Encoder::put_count(std::size_t count)
{
    if (count > std::numeric_limits<std::int32_t>::max())
        return path_.because("more than 2147483647 elements");
    return put(static_cast<std::int32_t>(count));
}

bool Encoder::put_sequence(const Value& value, const DataType& type, std::size_t depth)
{
    const auto* list = std::get_if<Value::List>(&value.content());
    if (!list)
        return mismatch(value, type);
    if (!put_count(list->size()))
        return false;
    for (std::size_t n = 0; n < list->size(); ++n)
        if (!write_element((*list)[n], type.elements[0], depth + 1))
            return path_.inside("element", n);
    return true;
}

bool Encoder::put_map(const Value& value, const DataType& type, std::size_t depth)
{
    const auto* map = std::get_if<Value::Map>(&value.content());
    if (!map)
        return mismatch(value, type);
    if (!put_count(map->size()))
        return false;
    for (std::size_t n = 0; n < map->size(); ++n) {
        if (!write_element((*map)[n].first, type.elements[0], depth + 1))
            return path_.inside("key", n);
        if (!write_element((*map)[n].second, type.elements[1], depth + 1))
            return path_.inside("value of key", n);
    }
    return true;
}

bool Encoder::put_vector(const Value& value, const DataType& type, std::size_t depth)
{
    const auto* list = std::get_if<Value::List>(&value.content());
    if (!list)
        return mismatch(value, type);
    if (list->size() != type.dimension)
        return path_.because(std::to_string(list->size()) + " elements are no " + type.to_string());
    for (std::size_t n = 0; n < list->size(); ++n)
        if (!put_vector_element((*list)[n], type.elements[0], depth + 1))
            return path_.inside("element", n);
    return true;
}

bool Encoder::put_vector_element(const Value& value, const DataType& type, std::size_t depth)
{
    const auto begin = out_.size();
    if (!write(value, type, depth))
        return false;
    const auto size = out_.size() - begin;
    if (const auto packed = protocol::packed_size(type); packed != 0)
        return size == packed || path_.because("an empty element does not fit a vector of " + type.to_string());
    std::array<std::byte, detail::max_vint_size> length;
    const std::byte* begin_of_length = length.data();
    const std::byte* end = detail::store_vint(length.data(), size);
    out_.insert(out_.begin() + static_cast<std::ptrdiff_t>(begin), begin_of_length, end);
    return true;
}

bool Encoder::put_tuple(const Value& value, const DataType& type, std::size_t depth)
{
    const auto* list = std::get_if<Value::List>(&value.content());
    if (!list)
        return mismatch(value, type);
    if (list->size() > type.elements.size())
        return path_.because(std::to_string(list->size()) + " fields are more than " + type.to_string() + " has");
    for (std::size_t n = 0; n < type.elements.size(); ++n)
        if (!write_element(n < list->size() ? (*list)[n] : Value{}, type.elements[n], depth + 1))
            return path_.inside("field", n);
    return true;
}

bool Encoder::put_record(const Value& value, const DataType& type, std::size_t depth)
{
    const auto* record = std::get_if<Value::Record>(&value.content());
    if (!record)
        return put_tuple(value, type, depth);
    for (const auto& [name, field] : *record)
        if (std::ranges::find(type.field_names, name) == type.field_names.end())
            return path_.because(type.to_string() + " has no field '" + name + "'");
    for (std::size_t n = 0; n < type.elements.size(); ++n) {
        const auto& name = type.field_names[n];
        const auto found = std::ranges::find(*record, name, &Value::Record::value_type::first);
        if (!write_element(found != record->end() ? found->second : Value{}, type.elements[n], depth + 1))
            return path_.inside_field(name);
    }
    return true;
}

bool Encoder::write(const Value& value, const DataType& type, std::size_t depth)
{
    if (depth >= protocol::max_value_depth)
        return path_.because("types nest deeper than 32");
    if (!protocol::is_complete(type))
        return path_.because("the type lacks the types of its elements");
    if (value.is_empty() && type.id < TypeId::list)
        return true;
    switch (type.id) {
    case TypeId::custom:
    case TypeId::blob: return put_held<Blob>(value, type);
    case TypeId::ascii:
    case TypeId::text: return put_text(value, type);
    case TypeId::bigint:
    case TypeId::counter: return put_integer<std::int64_t>(value, type);
    case TypeId::int_: return put_integer<std::int32_t>(value, type);
    case TypeId::smallint: return put_integer<std::int16_t>(value, type);
    case TypeId::tinyint: return put_integer<std::int8_t>(value, type);
    case TypeId::boolean: return put_held<bool>(value, type);
    case TypeId::decimal: return put_held<Decimal>(value, type);
    case TypeId::double_: return put_held<double>(value, type);
    case TypeId::float_: return put_float(value, type);
    case TypeId::timestamp: return put_held<Timestamp>(value, type);
    case TypeId::uuid:
    case TypeId::timeuuid: return put_held<Uuid>(value, type);
    case TypeId::varint: return put_varint(value, type);
    case TypeId::inet: return put_held<Inet>(value, type);
    case TypeId::date: return put_held<Date>(value, type);
    case TypeId::time: return put_held<Time>(value, type);
    case TypeId::duration: return put_duration(value, type);
    case TypeId::list:
    case TypeId::set: return put_sequence(value, type, depth);
    case TypeId::map: return put_map(value, type, depth);
    case TypeId::udt: return put_record(value, type, depth);
    case TypeId::tuple: return put_tuple(value, type, depth);
    case TypeId::vector: return put_vector(value, type, depth);
    }
    return path_.because("no values of " + type.to_string() + " are known");
}

bool Encoder::write_element(const Value& value, const DataType& type, std::size_t depth)
{
    if (value.is_null())
        return put(std::int32_t{-1});
    const auto begin = out_.size();
    extend(4);
    if (!write(value, type, depth))
        return false;
    const auto size = out_.size() - begin - 4;
    if (size > std::numeric_limits<std::int32_t>::max())
        return path_.because("more than 2147483647 bytes");
    detail::store_integer(out_.data() + begin, static_cast<std::int32_t>(size));
    return true;
}

}

Result<std::vector<std::byte>> encode(const Value& value, const DataType& type)
{
    std::vector<std::byte> bytes;
    Encoder encoder{bytes};
    if (!encoder.write(value, type, 0))
        return encoder.error(type);
    return bytes;
}

Error append_value(std::vector<std::byte>& out, const Value& value, const DataType& type)
{
    const auto before = out.size();
    Encoder encoder{out};
    if (value.is_unset())
        detail::store_value((out.resize(before + 4), out.data() + before), unset);
    else if (!encoder.write_element(value, type, 0)) {
        out.resize(before);
        return encoder.error(type);
    }
    return {};
}

}
