#include <coodie/mapping/loose_value.hpp>

namespace coodie::detail {

namespace {

template <class T> bool add_integer(ValueBuffer& out, std::int64_t value)
{
    if (!std::in_range<T>(value))
        return false;
    out.add(static_cast<T>(value));
    return true;
}

bool add(ValueBuffer& out, std::int64_t value, const DataType& type)
{
    switch (type.id) {
    case TypeId::tinyint: return add_integer<std::int8_t>(out, value);
    case TypeId::smallint: return add_integer<std::int16_t>(out, value);
    case TypeId::int_: return add_integer<std::int32_t>(out, value);
    case TypeId::bigint: return add_integer<std::int64_t>(out, value);
    case TypeId::double_: out.add(static_cast<double>(value)); return true;
    case TypeId::float_: out.add(static_cast<float>(value)); return true;
    default: return false;
    }
}

bool add(ValueBuffer& out, double value, const DataType& type)
{
    if (type.id == TypeId::double_)
        out.add(value);
    else if (type.id == TypeId::float_)
        out.add(static_cast<float>(value));
    else
        return false;
    return true;
}

bool add(ValueBuffer& out, bool value, const DataType& type)
{
    if (type.id == TypeId::boolean)
        out.add(value);
    return type.id == TypeId::boolean;
}

bool add(ValueBuffer& out, std::string_view value, const DataType& type)
{
    const bool text = type.id == TypeId::text || type.id == TypeId::ascii;
    if (text)
        out.add(value);
    return text;
}

bool add(ValueBuffer& out, const LooseValue::Encoded& value, const DataType& type)
{
    const bool fits = value.accepts(type);
    if (fits)
        out.append(value.bytes.bytes(), 1);
    return fits;
}

/// list and set: [int] n, then n [bytes], as one [value].
bool add(ValueBuffer& out, const LooseValue::List& values, const DataType& type)
{
    if (type.id != TypeId::list && type.id != TypeId::set)
        return false;
    ValueBuffer elements;
    for (const auto& value : values)
        if (!add_loose(elements, value, type.elements.at(0)))
            return false;
    const auto bytes = elements.bytes();
    std::vector<std::byte> encoded(8 + bytes.size());
    auto* at = store_integer(encoded.data(), static_cast<std::int32_t>(4 + bytes.size()));
    at = store_integer(at, static_cast<std::int32_t>(values.size()));
    std::copy(bytes.begin(), bytes.end(), at);
    out.append(encoded, 1);
    return true;
}

}

bool add_loose(ValueBuffer& out, const LooseValue& value, const DataType& type)
{
    return std::visit([&](const auto& held) { return add(out, held, type); }, value.value);
}

std::string described(const LooseValue& value)
{
    std::string text{value.cpp_type};
    if (const auto* encoded = std::get_if<LooseValue::Encoded>(&value.value))
        text += " (" + encoded->type().to_string() + ")";
    if (std::holds_alternative<std::string_view>(value.value))
        text += " (text)";
    return text;
}

}
