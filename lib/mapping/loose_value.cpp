#include <cmath>
#include <coodie/mapping/loose_value.hpp>
#include <limits>

namespace coodie::detail {

namespace {

/// An integer that a floating column would round is refused, as one that an integer column cannot hold is.
template <class T> bool add_exact(ValueBuffer& out, std::int64_t value)
{
    const auto rounded = static_cast<T>(value);
    if (rounded >= T{0x1p63} || static_cast<std::int64_t>(rounded) != value)
        return false;
    out.add(rounded);
    return true;
}

bool add_float(ValueBuffer& out, double value)
{
    if (std::isfinite(value) && std::abs(value) > double{std::numeric_limits<float>::max()})
        return false;
    out.add(static_cast<float>(value));
    return true;
}

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
    case TypeId::double_: return add_exact<double>(out, integer_);
    case TypeId::float_: return add_exact<float>(out, integer_);
    default: return false;
    }
}

bool LooseValue::add_floating(ValueBuffer& out, const DataType& type) const
{
    if (type.id == TypeId::double_)
        return out.add(floating_), true;
    return type.id == TypeId::float_ && add_float(out, floating_);
}

bool LooseValue::add_list(ValueBuffer& out, const DataType& type) const
{
    if (type.id != TypeId::list && type.id != TypeId::set)
        return false;
    ValueBuffer elements;
    for (const auto& element : list_)
        if (!element.add_to(elements, type.elements.at(0)))
            return false;
    append_list(out, elements);
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
