#pragma once

#include <coodie/mapping/bound_value.hpp>
#include <string_view>
#include <variant>
#include <vector>

namespace coodie::detail {

/// A value whose column is known at run time only: encoded by the column's type once that is found.
/// Lifetime: a view of the value it was made from.
struct LooseValue
{
    /// A value whose C++ type decides how it travels, already encoded.
    struct Encoded
    {
        ValueBuffer bytes;
        TypeOf type;
        bool (*accepts)(const DataType& server);
    };
    using List = std::vector<LooseValue>;

    std::variant<std::int64_t, double, bool, std::string_view, Encoded, List> value;
    std::string_view cpp_type; ///< for errors
};

template <class V> LooseValue loose_value(const V& value);

template <class V>
concept LooseRange = !Text<V> && requires(const V& range) {
    range.begin();
    range.end();
};

template <class V> LooseValue::Encoded encoded_value(const V& value)
{
    static_assert(Mappable<V>, "coodie: this value has no CQL type");
    LooseValue::Encoded made{{}, &Codec<V>::type, &accepts_type<V>};
    made.bytes.add(value);
    return made;
}

template <class V> LooseValue loose_value(const V& value)
{
    if constexpr (std::is_same_v<V, bool>)
        return {value, "bool"};
    else if constexpr (std::integral<V>) {
        if (!std::in_range<std::int64_t>(value))
            refuse_number("?", "std::int64_t");
        return {static_cast<std::int64_t>(value), type_name<V>()};
    } else if constexpr (std::floating_point<V>)
        return {static_cast<double>(value), type_name<V>()};
    else if constexpr (Text<V>)
        return {std::string_view{value}, "std::string"};
    else if constexpr (LooseRange<V> && !MapLike<V> && !Mappable<V>) {
        LooseValue::List all;
        for (const auto& element : value)
            all.push_back(loose_value(element));
        return {std::move(all), type_name<V>()};
    } else
        return {encoded_value(value), type_name<V>()};
}
/// The values of IN, one by one.
template <LooseRange R> LooseValue loose_list(const R& range)
{
    LooseValue::List all;
    for (const auto& element : range)
        all.push_back(loose_value(element));
    return {std::move(all), type_name<R>()};
}

/// Adds the value as the type says. False: it is none of that type.
COODIE_API bool add_loose(ValueBuffer& out, const LooseValue& value, const DataType& type);
/// The CQL type that the value would have by itself, for errors.
COODIE_API std::string described(const LooseValue& value);

}
