#pragma once

#include <coodie/mapping/bound_value.hpp>
#include <initializer_list>
#include <vector>

namespace coodie {

namespace detail {

/// What a condition on a member of type M is compared with.
template <class M, Op O> struct Compared
{
    using type = M;
};
template <class M>
    requires(!MapLike<M> && requires { typename M::value_type; })
struct Compared<M, Op::contains>
{
    using type = typename M::value_type;
};
template <MapLike M> struct Compared<M, Op::contains>
{
    using type = typename M::mapped_type;
};
template <MapLike M> struct Compared<M, Op::contains_key>
{
    using type = typename M::key_type;
};
template <class M> struct Compared<M, Op::in>
{
    using type = std::vector<M>;
};

}

/// A condition on the column of a member, its value already encoded. Made by comparing col<&T::member>.
template <auto M, Op O> struct Predicate
{
    using Value = typename detail::Compared<detail::Held<detail::TypeOfMember<M>>, O>::type;
    Predicate() = default; // no aggregate: may stand beside co_await
    ValueBuffer value;
};

/// A change of a member's column, its value already encoded. Made by `=`, `+=`, `-=`, `[key] =` on col<&T::member>.
template <auto M, cql::Changing C> struct Change
{
    Change() = default;
    explicit Change(ValueBuffer encoded) : value{std::move(encoded)} {}
    ValueBuffer value; ///< of put: the key and the value
};

namespace detail {

template <auto M, Op O, class V> Predicate<M, O> compare(const V& value)
{
    Predicate<M, O> made;
    add_value<typename Predicate<M, O>::Value>(made.value, value, member_name<M>());
    return made;
}

template <auto M, cql::Changing C, class Target, class V> Change<M, C> change(const V& value)
{
    constexpr bool is_null = std::is_same_v<V, std::nullopt_t> || is_optional<V>;
    static_assert(!is_null || C == cql::Changing::assign, "coodie: null is nothing to add or to remove");
    constexpr bool holds_null = is_optional<TypeOfMember<M>> || LoadsNull<Target>;
    static_assert(!is_null || C != cql::Changing::assign || holds_null,
                  "coodie: this column's member cannot hold null; make it a std::optional");
    Change<M, C> made;
    add_value<Target>(made.value, value, member_name<M>());
    return made;
}

/// What is removed from a map is keys, from the others what they are.
template <class M> struct Removed
{
    using type = M;
};
template <MapLike M> struct Removed<M>
{
    using type = std::vector<typename M::key_type>;
};

template <class M> struct ElementOf
{
    using Key = M;
    using Mapped = M;
};
template <MapLike M> struct ElementOf<M>
{
    using Key = typename M::key_type;
    using Mapped = typename M::mapped_type;
};
template <ListLike M> struct ElementOf<M>
{
    using Key = std::int32_t;
    using Mapped = typename M::value_type;
};

}

/// One element of a list or map column: `col<&T::scores>["maths"] = 3`.
template <auto M> class ElementOfColumn
{
public:
    explicit ElementOfColumn(ValueBuffer key) : key_{std::move(key)} {}

    template <class V> Change<M, cql::Changing::put> operator=(const V& value) &&
    {
        using Mapped = typename detail::ElementOf<detail::Held<detail::TypeOfMember<M>>>::Mapped;
        Change<M, cql::Changing::put> made{std::move(key_)};
        detail::add_value<Mapped>(made.value, value, detail::member_name<M>());
        return made;
    }

private:
    ValueBuffer key_;
};

/// The column of a member: compared, it is a condition; assigned, a change.
template <auto M> struct Col
{
    using Member = detail::TypeOfMember<M>;
    using Held = detail::Held<Member>;

    constexpr Col() = default;
    Col(const Col&) = delete;

    template <class V> Change<M, cql::Changing::assign> operator=(const V& value) const
    {
        return detail::change<M, cql::Changing::assign, Held>(value);
    }
    Change<M, cql::Changing::assign> operator=(const Held& value) const
    {
        return detail::change<M, cql::Changing::assign, Held>(value);
    }
    /// Counters: by a number. Collections: behind what is there.
    template <class V> Change<M, cql::Changing::add> operator+=(const V& value) const
    {
        return detail::change<M, cql::Changing::add, Held>(value);
    }
    Change<M, cql::Changing::add> operator+=(const Held& value) const
    {
        return detail::change<M, cql::Changing::add, Held>(value);
    }
    /// Counters: by a number. Lists and sets: these elements; maps: these keys.
    template <class V> Change<M, cql::Changing::remove> operator-=(const V& value) const
    {
        return detail::change<M, cql::Changing::remove, typename detail::Removed<Held>::type>(value);
    }
    Change<M, cql::Changing::remove> operator-=(const typename detail::Removed<Held>::type& value) const
    {
        return detail::change<M, cql::Changing::remove, typename detail::Removed<Held>::type>(value);
    }
    template <class K> ElementOfColumn<M> operator[](const K& key) const
    {
        ValueBuffer encoded;
        detail::add_value<typename detail::ElementOf<Held>::Key>(encoded, key, detail::member_name<M>());
        return ElementOfColumn<M>{std::move(encoded)};
    }
};

/// `col<&User::email> == "x"` is a condition, `col<&User::age> = 31` a change.
template <auto M> inline constexpr Col<M> col{};

#define COODIE_COMPARISON(token, op, mirrored)                                                                         \
    template <auto M, class V> Predicate<M, Op::op> operator token(const Col<M>&, const V & value)                     \
    {                                                                                                                  \
        return detail::compare<M, Op::op>(value);                                                                      \
    }                                                                                                                  \
    template <auto M, class V> Predicate<M, Op::mirrored> operator token(const V & value, const Col<M>&)               \
    {                                                                                                                  \
        return detail::compare<M, Op::mirrored>(value);                                                                \
    }
COODIE_COMPARISON(==, eq, eq)
COODIE_COMPARISON(!=, ne, ne)
COODIE_COMPARISON(<, lt, gt)
COODIE_COMPARISON(<=, le, ge)
COODIE_COMPARISON(>, gt, lt)
COODIE_COMPARISON(>=, ge, le)
#undef COODIE_COMPARISON

template <auto M, Op O, auto N, Op P> void operator&&(const Predicate<M, O>&, const Predicate<N, P>&)
{
    static_assert(detail::always_false<Predicate<M, O>>,
                  "coodie: conditions are separated by commas: find<T>(a == x, b == y)");
}

/// One of these values, sent as one list.
template <auto M> Predicate<M, Op::in> in(const Col<M>&, const std::vector<typename Col<M>::Held>& values)
{
    return detail::compare<M, Op::in>(values);
}
/// Any other range of values.
template <auto M, class Range>
    requires(!std::is_convertible_v<const Range&, std::vector<typename Col<M>::Held>>)
Predicate<M, Op::in> in(const Col<M>&, const Range& values)
{
    Predicate<M, Op::in> made;
    detail::add_list<typename Col<M>::Held>(made.value, values, detail::member_name<M>());
    return made;
}
/// The collection holds the value; of a map, as a value.
template <auto M, class V> Predicate<M, Op::contains> contains(const Col<M>&, const V& value)
{
    return detail::compare<M, Op::contains>(value);
}
template <auto M, class V> Predicate<M, Op::contains_key> contains_key(const Col<M>&, const V& key)
{
    return detail::compare<M, Op::contains_key>(key);
}
/// Text against a pattern: % is any text, _ any letter. Needs an index that knows it, or ScyllaDB.
template <auto M, class V> Predicate<M, Op::like> like(const Col<M>&, const V& pattern)
{
    return detail::compare<M, Op::like>(pattern);
}

/// What order_by takes: `desc<&Event::at>`.
template <auto M, bool Descending> struct Ordering
{
};
template <auto M> inline constexpr Ordering<M, false> asc{};
template <auto M> inline constexpr Ordering<M, true> desc{};

namespace detail {

template <class P> inline constexpr bool is_predicate = false;
template <auto M, Op O> inline constexpr bool is_predicate<Predicate<M, O>> = true;
template <class P> inline constexpr bool is_change = false;
template <auto M, cql::Changing C> inline constexpr bool is_change<Change<M, C>> = true;

/// Parts of a statement: what they add to its shape, and the types of their values.
template <class T, auto M, Op O> constexpr void describe(cql::Shape& shape, const Predicate<M, O>*) noexcept
{
    shape.conditions.push({column_number<T, M>(), O, false});
}
template <class T, auto M, cql::Changing C> constexpr void describe(cql::Shape& shape, const Change<M, C>*) noexcept
{
    shape.changes.push({column_number<T, M>(), C});
}
template <auto M, Op O> constexpr std::array<TypeOf, 1> bound_types(const Predicate<M, O>*) noexcept
{
    return {type_of<typename Predicate<M, O>::Value>()};
}
template <auto M, cql::Changing C> constexpr auto bound_types(const Change<M, C>*) noexcept
{
    using Type = Held<TypeOfMember<M>>;
    if constexpr (C == cql::Changing::put)
        return std::array<TypeOf, 2>{type_of<typename ElementOf<Type>::Key>(),
                                     type_of<typename ElementOf<Type>::Mapped>()};
    else if constexpr (C == cql::Changing::remove)
        return std::array<TypeOf, 1>{type_of<typename Removed<Type>::type>()};
    else
        return std::array<TypeOf, 1>{type_of<Type>()};
}

template <std::size_t... N> constexpr auto joined(const std::array<TypeOf, N>&... parts) noexcept
{
    std::array<TypeOf, (N + ... + 0)> all{};
    std::size_t at = 0;
    [[maybe_unused]] const auto add = [&](const auto& part) {
        for (const auto type : part)
            all[at++] = type;
    };
    (add(parts), ...);
    return all;
}
}

}
