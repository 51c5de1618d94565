#pragma once

#include <coodie/mapping/col.hpp>
#include <coodie/mapping/text.hpp>

namespace coodie::detail {

// Documents as statements: the text a constant, the values encoded straight from the members.

template <class T> constexpr std::size_t key_count() noexcept
{
    return table<T>.count(ColumnKind::partition_key) + table<T>.count(ColumnKind::clustering);
}

/// The columns of the primary key, as they are declared or as the key has them.
template <class T> constexpr auto declared_key() noexcept
{
    std::array<std::size_t, key_count<T>()> numbers{};
    std::size_t at = 0;
    for (std::size_t i = 0; i != columns<T>.size(); ++i)
        if (columns<T>[i].is_key())
            numbers[at++] = i;
    return numbers;
}
template <class T> constexpr auto ordered_key() noexcept
{
    std::array<std::size_t, key_count<T>()> numbers{};
    std::size_t at = 0;
    for (const auto kind : {ColumnKind::partition_key, ColumnKind::clustering})
        for (std::size_t place = 0; place != table<T>.count(kind); ++place)
            numbers[at++] = table<T>.key(kind, place);
    return numbers;
}
template <class T> inline constexpr auto key_of = declared_key<T>();
template <class T> inline constexpr auto key_in_order = ordered_key<T>();

template <class T> constexpr auto types_of_document() noexcept
{
    std::array<TypeOf, columns<T>.size()> types{};
    for (std::size_t i = 0; i != types.size(); ++i)
        types[i] = columns<T>[i].type;
    return types;
}
template <class T> constexpr auto types_of_key(const std::array<std::size_t, key_count<T>()>& key) noexcept
{
    std::array<TypeOf, key_count<T>()> types{};
    for (std::size_t i = 0; i != types.size(); ++i)
        types[i] = columns<T>[key[i]].type;
    return types;
}
template <class T> inline constexpr auto document_types = types_of_document<T>();
template <class T> inline constexpr auto key_types = types_of_key<T>(key_of<T>);
template <class T> inline constexpr auto ordered_key_types = types_of_key<T>(key_in_order<T>);

template <class T> constexpr void add_key(cql::Shape& shape) noexcept
{
    for (const auto number : key_of<T>)
        shape.conditions.push({static_cast<cql::ColumnNumber>(number), Op::eq, false});
}

inline constexpr cql::Shape save_shape{.verb = cql::Verb::insert};
inline constexpr cql::Shape insert_shape{.verb = cql::Verb::insert, .only_if = cql::If::not_exists};

template <class T> constexpr cql::Shape make_erase_shape() noexcept
{
    cql::Shape shape{.verb = cql::Verb::erase};
    if constexpr (is_document<T>())
        add_key<T>(shape);
    return shape;
}
template <class T> inline constexpr auto erase_shape = make_erase_shape<T>();

template <class T> constexpr cql::Shape make_get_shape() noexcept
{
    cql::Shape shape;
    for (const auto number : key_in_order<T>)
        shape.conditions.push({static_cast<cql::ColumnNumber>(number), Op::eq, false});
    return shape;
}
template <class T> inline constexpr auto get_shape = make_get_shape<T>();

template <class T, class... C> constexpr cql::Shape make_update_shape() noexcept
{
    cql::Shape shape{.verb = cql::Verb::update};
    if constexpr (is_document<T>()) {
        (describe<T>(shape, static_cast<const C*>(nullptr)), ...);
        add_key<T>(shape);
    }
    return shape;
}
template <class T, class... C> inline constexpr auto update_shape = make_update_shape<T, C...>();

/// Sent twice, it does what it does once: no counting, no adding to lists, no condition on what is there.
template <class T> constexpr bool is_idempotent(const cql::Shape& shape) noexcept
{
    if (shape.only_if != cql::If::always)
        return false;
    for (const auto& change : shape.changes) {
        const auto& column = table<T>.columns[change.column];
        const bool adds = change.changing == cql::Changing::add || change.changing == cql::Changing::prepend;
        if (column.counter || (column.container == Container::list && adds))
            return false;
    }
    return true;
}

template <class T, cql::Shape S> Statement prepared_statement()
{
    return prepared({text<T, S>.data(), text<T, S>.size() - 1, document_name<T>.data()}, is_idempotent<T>(S));
}

template <class T> void bind_document(Statement& statement, const T& document)
{
    [&]<std::size_t... I>(std::index_sequence<I...>) {
        statement.bind_as(document_types<T>, document.*member_at<T, I>...);
    }(FieldNumbers<T>{});
}
template <class T> void bind_key(Statement& statement, const T& document)
{
    [&]<std::size_t... I>(std::index_sequence<I...>) {
        statement.bind_as(key_types<T>, document.*member_at<T, key_of<T>[I]>...);
    }(std::make_index_sequence<key_count<T>()>{});
}

/// save and insert.
template <class T, cql::Shape S> Statement insert_statement(const T& document)
{
    if constexpr (is_fine<T, S>()) {
        auto made = prepared_statement<T, S>();
        bind_document(made, document);
        return made;
    } else
        return {};
}

template <class T> Statement erase_statement(const T& document)
{
    if constexpr (is_fine<T, erase_shape<T>>()) {
        auto made = prepared_statement<T, erase_shape<T>>();
        bind_key(made, document);
        return made;
    } else
        return {};
}

/// The columns of an update's values: those of the changes, then the key's.
template <class T, class... C>
inline constexpr auto update_types = joined(bound_types(static_cast<const C*>(nullptr))..., key_types<T>);

template <class T, class... C> Statement update_statement(const T& document, const C&... changes)
{
    constexpr bool only_changes = (is_change<C> && ...);
    static_assert(only_changes, "coodie: update takes changes: `=` sets, `==` compares");
    if constexpr (only_changes) {
        if constexpr (is_fine<T, update_shape<T, C...>>()) {
            ValueBuffer values;
            (values.append(changes.value.bytes(), changes.value.count()), ...);
            [&]<std::size_t... I>(std::index_sequence<I...>) {
                values.add(document.*member_at<T, key_of<T>[I]>...);
            }(std::make_index_sequence<key_count<T>()>{});
            auto made = prepared_statement<T, update_shape<T, C...>>();
            made.bind_encoded(values.bytes(), update_types<T, C...>);
            return made;
        }
    }
    return {};
}

/// The document of this key: its values in the order of the primary key.
template <class T, class... K> Statement get_statement(const K&... key)
{
    if constexpr (is_document<T>()) {
        constexpr bool whole = sizeof...(K) == key_count<T>();
        static_assert(whole,
                      "coodie: get takes a value for each column of the primary key, in its order, or conditions");
        if constexpr (whole) {
            ValueBuffer values;
            [&]<std::size_t... I>(std::index_sequence<I...>) {
                (add_value<Held<TypeOfMember<member_at<T, key_in_order<T>[I]>>>>(values, key,
                                                                                 columns<T>[key_in_order<T>[I]].name),
                 ...);
            }(std::index_sequence_for<K...>{});
            auto made = prepared_statement<T, get_shape<T>>();
            made.bind_encoded(values.bytes(), ordered_key_types<T>);
            return made;
        }
    }
    return {};
}

}
