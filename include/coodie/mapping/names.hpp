#pragma once

#include <cstdint>
#include <string_view>
#include <type_traits>

namespace coodie::detail {

// What the compiler calls things: taken from the name it gives this very function.

template <auto M> constexpr std::string_view spelled_member()
{
    return __PRETTY_FUNCTION__;
}
template <class T> constexpr std::string_view spelled_type()
{
    return __PRETTY_FUNCTION__;
}

/// What follows `label` in g++'s "... [with T = User; ...]" and clang's "... [T = User]".
constexpr std::string_view spelled_after(std::string_view function, std::string_view label)
{
    function.remove_prefix(function.rfind(label) + label.size());
    std::size_t depth = 0;
    for (std::size_t i = 0; i != function.size(); ++i) {
        const char c = function[i];
        if (depth == 0 && (c == ';' || c == ']'))
            return function.substr(0, i);
        depth += c == '<' || c == '[' || c == '(' ? 1U : 0U;
        depth -= c == '>' || c == ']' || c == ')' ? 1U : 0U;
    }
    return function;
}

/// "email" for &User::email.
template <auto M> constexpr std::string_view member_name()
{
    const auto whole = spelled_after(spelled_member<M>(), "M = ");
    return whole.substr(whole.rfind(':') + 1);
}

template <class T> constexpr std::string_view plain_type_name()
{
    const auto whole = spelled_after(spelled_type<T>(), "T = ");
    return whole;
}

/// A class without its namespaces: "User".
template <class T> constexpr std::string_view class_name()
{
    const auto whole = plain_type_name<T>();
    const auto arguments = whole.find('<');
    const auto at = whole.substr(0, arguments).rfind("::");
    return at == std::string_view::npos ? whole : whole.substr(at + 2);
}

/// A member's type as its author wrote it, as far as that can be known.
template <class T> constexpr std::string_view type_name()
{
    if constexpr (std::is_same_v<T, bool>)
        return "bool";
    else if constexpr (std::is_integral_v<T>) {
        constexpr std::string_view names[]{"std::int8_t",  "std::int16_t",  "std::int32_t",  "std::int64_t",
                                           "std::uint8_t", "std::uint16_t", "std::uint32_t", "std::uint64_t"};
        constexpr std::size_t width = sizeof(T) == 1 ? 0 : sizeof(T) == 2 ? 1 : sizeof(T) == 4 ? 2 : 3;
        return names[width + (std::is_unsigned_v<T> ? 4 : 0)];
    } else {
        constexpr auto name = plain_type_name<T>();
        return name.find("basic_string<char") != std::string_view::npos && name.find("::basic_string<char") < 16 &&
                       name.back() == '>' && name.find(',') == std::string_view::npos
                   ? "std::string"
                   : name;
    }
}

}
