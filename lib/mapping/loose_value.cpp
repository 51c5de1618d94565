#include <coodie/mapping/loose_value.hpp>

namespace coodie::detail {

namespace {

template <class T> bool add_checked(ValueBuffer& out, std::int64_t value)
{
    if (!std::in_range<T>(value))
        return false;
    out.add(static_cast<T>(value));
    return true;
}

}

LooseValue::LooseValue(Kind kind, std::string_view cpp_type) noexcept : kind_{kind}, cpp_type_{cpp_type} {}

LooseValue::LooseValue(std::int64_t value, std::string_view cpp_type) noexcept : LooseValue{Kind::integer, cpp_type}
{
    integer_ = value;
}

LooseValue::LooseValue(double value, std::string_view cpp_type) noexcept : LooseValue{Kind::floating, cpp_type}
{
    floating_ = value;
}

LooseValue::LooseValue(bool value) noexcept : LooseValue{Kind::boolean, "bool"}
{
    boolean_ = value;
}

LooseValue::LooseValue(std::string_view text) noexcept : LooseValue{Kind::text, "std::string"}
{
    text_ = text;
}

LooseValue::LooseValue(ValueBuffer value, TypeOf type, bool (*accepts)(const DataType& server),
                       std::string_view cpp_type) noexcept
    : LooseValue{Kind::encoded, cpp_type}
{
    encoded_ = std::move(value);
    type_ = type;
    accepts_ = accepts;
}

LooseValue LooseValue::list_of(std::string_view cpp_type) noexcept
{
    return {Kind::list, cpp_type};
}

LooseValue::LooseValue(LooseValue&& other) noexcept = default;
LooseValue::~LooseValue() = default;

void LooseValue::push_back(LooseValue element)
{
    list_.push_back(std::move(element));
}

bool LooseValue::add_integer(ValueBuffer& out, const DataType& type) const
{
    switch (type.id) {
    case TypeId::tinyint: return add_checked<std::int8_t>(out, integer_);
    case TypeId::smallint: return add_checked<std::int16_t>(out, integer_);
    case TypeId::int_: return add_checked<std::int32_t>(out, integer_);
    case TypeId::bigint: return add_checked<std::int64_t>(out, integer_);
    case TypeId::double_: out.add(static_cast<double>(integer_)); return true;
    case TypeId::float_: out.add(static_cast<float>(integer_)); return true;
    default: return false;
    }
}

bool LooseValue::add_floating(ValueBuffer& out, const DataType& type) const
{
    if (type.id == TypeId::double_)
        out.add(floating_);
    else if (type.id == TypeId::float_)
        out.add(static_cast<float>(floating_));
    else
        return false;
    return true;
}

/// list and set: [int] n, then n [bytes], as one [value].
bool LooseValue::add_list(ValueBuffer& out, const DataType& type) const
{
    if (type.id != TypeId::list && type.id != TypeId::set)
        return false;
    ValueBuffer elements;
    for (const auto& element : list_)
        if (!element.add_to(elements, type.elements.at(0)))
            return false;
    const auto bytes = elements.bytes();
    std::vector<std::byte> encoded(8 + bytes.size());
    auto* at = store_integer(encoded.data(), static_cast<std::int32_t>(4 + bytes.size()));
    at = store_integer(at, static_cast<std::int32_t>(list_.size()));
    std::copy(bytes.begin(), bytes.end(), at);
    out.append(encoded, 1);
    return true;
}

bool LooseValue::add_to(ValueBuffer& out, const DataType& type) const
{
    switch (kind_) {
    case Kind::integer: return add_integer(out, type);
    case Kind::floating: return add_floating(out, type);
    case Kind::boolean: return type.id == TypeId::boolean && (out.add(boolean_), true);
    case Kind::text: return Codec<std::string_view>::accepts(type) && (out.add(text_), true);
    case Kind::encoded: return accepts_(type) && (out.append(encoded_.bytes(), 1), true);
    case Kind::list: return add_list(out, type);
    }
    return false;
}

std::string LooseValue::described() const
{
    std::string text{cpp_type_};
    if (kind_ == Kind::encoded)
        text += " (" + type_().to_string() + ")";
    if (kind_ == Kind::text)
        text += " (text)";
    return text;
}

}
