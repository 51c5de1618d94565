#pragma once

#include <cstddef>
#include <string_view>
#include <type_traits>

namespace coodie::detail {

// What the compiler calls things: taken from the name it gives this very function, "... [with auto M = &User::email]"
// in g++, "... [M = &User::email]" in clang. Results are `auto`: g++ explains every other name behind them. A document
// asks for the name of each column, so that these take few steps of the compiler's.

/// What stands between the last colon and the bracket at the end.
constexpr std::string_view last_name(const char* spelled, std::size_t size) noexcept
{
    const auto end = size - 1;
    auto begin = end;
    while (spelled[begin - 1] != ':')
        --begin;
    return {spelled + begin, end - begin};
}

/// "email" for &User::email.
template <auto M> constexpr auto member_name() noexcept
{
    return last_name(__PRETTY_FUNCTION__, sizeof(__PRETTY_FUNCTION__) - 1);
}

template <class T> constexpr auto spelled_type() noexcept
{
    return std::string_view{__PRETTY_FUNCTION__, sizeof(__PRETTY_FUNCTION__) - 1};
}
inline constexpr std::size_t type_name_begin = spelled_type<int>().size() - std::string_view{"int]"}.size();

template <class T> constexpr std::string_view plain_type_name() noexcept
{
    constexpr auto whole = spelled_type<T>();
    return whole.substr(type_name_begin, whole.size() - type_name_begin - 1);
}

constexpr std::string_view without_namespaces(std::string_view name) noexcept
{
    const auto at = name.substr(0, name.find('<')).rfind("::");
    return at == std::string_view::npos ? name : name.substr(at + 2);
}
/// A class without its namespaces: "User".
template <class T> inline constexpr std::string_view class_name_of = without_namespaces(plain_type_name<T>());
template <class T> constexpr std::string_view class_name() noexcept
{
    return class_name_of<T>;
}

/// "std::string" for what compilers write in many ways.
constexpr std::string_view readable(std::string_view name) noexcept
{
    constexpr std::string_view string = "basic_string<char";
    const auto at = name.find(string);
    const bool outermost = at != std::string_view::npos && name.find('<') == at + string.find('<');
    return outermost && name.find(',') == std::string_view::npos ? "std::string" : name;
}

template <class T> constexpr std::string_view find_type_name() noexcept
{
    if constexpr (std::is_same_v<T, bool>)
        return "bool";
    else if constexpr (std::is_integral_v<T>) {
        constexpr std::string_view names[]{"std::int8_t",  "std::int16_t",  "std::int32_t",  "std::int64_t",
                                           "std::uint8_t", "std::uint16_t", "std::uint32_t", "std::uint64_t"};
        constexpr std::size_t width = sizeof(T) == 1 ? 0 : sizeof(T) == 2 ? 1 : sizeof(T) == 4 ? 2 : 3;
        return names[width + (std::is_unsigned_v<T> ? 4 : 0)];
    } else
        return readable(plain_type_name<T>());
}
template <class T> inline constexpr std::string_view type_name_of = find_type_name<T>();
/// A member's type as its author wrote it, as far as that can be known.
template <class T> constexpr std::string_view type_name() noexcept
{
    return type_name_of<T>;
}

}
