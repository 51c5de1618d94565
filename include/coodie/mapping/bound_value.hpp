#pragma once

#include <concepts>
#include <coodie/export.hpp>
#include <coodie/mapping/schema.hpp>
#include <coodie/value_buffer.hpp>
#include <string_view>
#include <utility>

namespace coodie::detail {

template <class> inline constexpr bool always_false = false;

/// Errors: InvalidQueryError (errc::bad_value): the number does not fit the column's type.
[[noreturn]] COODIE_API void refuse_number(std::string_view column, std::string_view type);

/// Adds one list that holds these values: [int] n, then n [bytes], as one [value].
COODIE_API void append_list(ValueBuffer& out, const ValueBuffer& elements);

template <class T>
concept Text = std::convertible_to<const T&, std::string_view>;
template <class T>
concept Integer = std::integral<T> && !std::same_as<T, bool>;

/// Adds a value that a member of type Target is compared with or set to: by the member's type, whatever the value's is.
template <class Target, class V> void add_value(ValueBuffer& out, const V& value, std::string_view column)
{
    if constexpr (std::is_same_v<V, Target> || std::is_same_v<V, Unset>)
        out.add(value);
    else if constexpr (std::is_same_v<V, std::nullopt_t>)
        out.add(std::optional<Target>{});
    else if constexpr (is_optional<V>) {
        if (value)
            add_value<Target>(out, *value, column);
        else
            out.add(std::optional<Target>{});
    } else if constexpr (Text<Target> && Text<V>)
        out.add(std::string_view{value});
    else if constexpr (Integer<Target> && Integer<V>) {
        if (!std::in_range<Target>(value))
            refuse_number(column, type_name<Target>());
        out.add(static_cast<Target>(value));
    } else if constexpr (std::is_arithmetic_v<Target> && std::is_arithmetic_v<V>) {
        static_assert(!std::integral<Target>,
                      "coodie: a value of floating type or bool does not become the integer of the column; convert it");
        static_assert(std::integral<Target> || !std::is_same_v<V, bool>,
                      "coodie: a bool does not become the number of the column; convert it");
        if constexpr (!std::integral<Target>)
            out.add(static_cast<Target>(value));
    } else {
        static_assert(std::is_convertible_v<const V&, Target>,
                      "coodie: this value does not become the type of the column's member");
        if constexpr (std::is_convertible_v<const V&, Target>)
            out.add(Target(value));
    }
}

/// Adds a list of what members of type Target are compared with, each by the member's type.
template <class Target, class Range> void add_list(ValueBuffer& out, const Range& values, std::string_view column)
{
    ValueBuffer elements;
    for (const auto& value : values)
        add_value<Target>(elements, value, column);
    append_list(out, elements);
}

}
