#pragma once

#include <array>
#include <coodie/mapping/names.hpp>
#include <cstddef>
#include <tuple>

namespace coodie::detail {

// The members of a plain struct that has no Schema: a Card that is selected into.

struct Anything
{
    template <class T> constexpr operator T() const noexcept;
};
template <class T, std::size_t... I> constexpr bool takes(std::index_sequence<I...>) noexcept
{
    return requires { T{(static_cast<void>(I), Anything{})...}; };
}
template <class T, std::size_t N = 0> constexpr std::size_t count_members() noexcept
{
    if constexpr (takes<T>(std::make_index_sequence<N + 1>{}))
        return count_members<T, N + 1>();
    else
        return N;
}

inline constexpr std::size_t most_members = 12;

template <std::size_t N, class T> constexpr auto tie_members(T& object) noexcept
{
    if constexpr (N == 1) {
        auto& [a] = object;
        return std::tie(a);
    } else if constexpr (N == 2) {
        auto& [a, b] = object;
        return std::tie(a, b);
    } else if constexpr (N == 3) {
        auto& [a, b, c] = object;
        return std::tie(a, b, c);
    } else if constexpr (N == 4) {
        auto& [a, b, c, d] = object;
        return std::tie(a, b, c, d);
    } else if constexpr (N == 5) {
        auto& [a, b, c, d, e] = object;
        return std::tie(a, b, c, d, e);
    } else if constexpr (N == 6) {
        auto& [a, b, c, d, e, f] = object;
        return std::tie(a, b, c, d, e, f);
    } else if constexpr (N == 7) {
        auto& [a, b, c, d, e, f, g] = object;
        return std::tie(a, b, c, d, e, f, g);
    } else if constexpr (N == 8) {
        auto& [a, b, c, d, e, f, g, h] = object;
        return std::tie(a, b, c, d, e, f, g, h);
    } else if constexpr (N == 9) {
        auto& [a, b, c, d, e, f, g, h, i] = object;
        return std::tie(a, b, c, d, e, f, g, h, i);
    } else if constexpr (N == 10) {
        auto& [a, b, c, d, e, f, g, h, i, j] = object;
        return std::tie(a, b, c, d, e, f, g, h, i, j);
    } else if constexpr (N == 11) {
        auto& [a, b, c, d, e, f, g, h, i, j, k] = object;
        return std::tie(a, b, c, d, e, f, g, h, i, j, k);
    } else if constexpr (N == 12) {
        auto& [a, b, c, d, e, f, g, h, i, j, k, l] = object;
        return std::tie(a, b, c, d, e, f, g, h, i, j, k, l);
    } else
        return std::tuple<>{};
}

#ifdef __clang__
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wundefined-var-template"
#pragma clang diagnostic ignored "-Wundefined-internal"
#endif
/// An object nobody makes: the addresses of its members carry their names.
template <class T> extern const T nowhere;

template <auto Pointer> constexpr std::string_view spelled_pointer()
{
    return __PRETTY_FUNCTION__;
}
/// "name" behind the last dot of "... nowhere<Card>.Card::name".
constexpr std::string_view last_name(std::string_view spelled) noexcept
{
    spelled = spelled.substr(0, spelled.find_last_of(spelled.find(';') == std::string_view::npos ? ']' : ';'));
    while (!spelled.empty() && (spelled.back() == ')' || spelled.back() == ']'))
        spelled.remove_suffix(1);
    return spelled.substr(spelled.find_last_of(".:") + 1);
}
template <class T, std::size_t I> consteval std::string_view find_member_name()
{
    constexpr auto pointer = &std::get<I>(tie_members<count_members<T>()>(nowhere<T>));
    return last_name(spelled_pointer<pointer>());
}
template <class T, std::size_t I> inline constexpr std::string_view aggregate_name = find_member_name<T, I>();
#ifdef __clang__
#pragma clang diagnostic pop
#endif

}
