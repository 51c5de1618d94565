#pragma once

#include <coodie/mapping/col.hpp>
#include <coodie/token.hpp>

namespace coodie {

/// What TOKEN makes of the partition key of a row: its place on the ring.
template <auto... M> struct TokenOfKey
{
};

/// A condition on it. Made by comparing token(...).
template <Op O, auto... M> struct TokenPredicate
{
    TokenPredicate() = default; // no aggregate: may stand beside co_await
    ValueBuffer value;
};

/// `find<Event>(token(col<&Event::place>, col<&Event::day>) > last)`: all columns of the partition key, in their
/// order. Compared with a Token or any integer, a bigint for the server.
template <auto... M> constexpr TokenOfKey<M...> token(const Col<M>&...) noexcept
{
    return {};
}

namespace detail {

template <Op O, auto... M, class V> TokenPredicate<O, M...> compare_token(const V& value)
{
    TokenPredicate<O, M...> made;
    if constexpr (std::is_same_v<V, Token>)
        made.value.add(static_cast<std::int64_t>(value));
    else
        add_value<std::int64_t>(made.value, value, "token");
    return made;
}

/// The first column of T's partition key, if these members are all of it; else unknown_column.
template <class T, auto... M> constexpr cql::ColumnNumber first_of_key() noexcept
{
    const std::array<cql::ColumnNumber, sizeof...(M)> given{column_number<T, M>()...};
    const auto& key = table<T>;
    if (given.size() != key.count(ColumnKind::partition_key))
        return cql::unknown_column;
    for (std::size_t place = 0; place != given.size(); ++place)
        if (given[place] != key.key(ColumnKind::partition_key, place))
            return cql::unknown_column;
    return given.front();
}

template <Op O, auto... M> inline constexpr bool is_predicate<TokenPredicate<O, M...>> = true;
template <class T, Op O, auto... M> constexpr void describe(cql::Shape& shape, const TokenPredicate<O, M...>*) noexcept
{
    shape.conditions.push({first_of_key<T, M...>(), O, true});
}
template <Op O, auto... M> constexpr std::array<TypeOf, 1> bound_types(const TokenPredicate<O, M...>*) noexcept
{
    return {type_of<std::int64_t>()};
}

}

#define COODIE_TOKEN_COMPARISON(sign, op)                                                                              \
    template <auto... M, class V> TokenPredicate<Op::op, M...> operator sign(const TokenOfKey<M...>&, const V & value) \
    {                                                                                                                  \
        return detail::compare_token<Op::op, M...>(value);                                                             \
    }
COODIE_TOKEN_COMPARISON(==, eq)
COODIE_TOKEN_COMPARISON(<, lt)
COODIE_TOKEN_COMPARISON(<=, le)
COODIE_TOKEN_COMPARISON(>, gt)
COODIE_TOKEN_COMPARISON(>=, ge)
#undef COODIE_TOKEN_COMPARISON

}
