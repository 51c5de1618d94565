#pragma once

#include <array>
#include <coodie/container_codecs.hpp>
#include <coodie/mapping/attributes.hpp>
#include <coodie/mapping/names.hpp>
#include <coodie/mapping/schema_rules.hpp>
#include <coodie/mapping/shape.hpp>
#include <cstddef>
#include <utility>

namespace coodie {

/// A column: the member that holds it, and what else there is to say.
template <auto Member, auto... Attributes> struct Field
{
};

/// A document's table: its name, its Fields in the order of the columns, and options. Stands in the document:
///     using Schema = Table<"users", Field<&User::id, PrimaryKey{}>, Field<&User::name>>;
template <FixedString Name, class... Parts> struct Table
{
};

/// The table of a type that cannot be changed: specialise it.
///     template <> struct coodie::Schema<Theirs> : coodie::Table<"theirs", Field<&Theirs::id, PrimaryKey{}>> {};
template <class T> struct Schema;

namespace detail {

template <class Pointer> struct PointerParts;
template <class C, class T> struct PointerParts<T C::*>
{
    using Class = C;
    using Member = T;
};
template <auto M> using ClassOf = typename PointerParts<std::remove_cv_t<decltype(M)>>::Class;
template <auto M> using TypeOfMember = typename PointerParts<std::remove_cv_t<decltype(M)>>::Member;

template <class T>
concept HasOwnSchema = requires { typename T::Schema; };
template <class T>
concept HasSchemaBeside = requires { sizeof(Schema<T>); };

template <class T> struct SchemaOf;
template <HasOwnSchema T> struct SchemaOf<T>
{
    using type = typename T::Schema;
};
template <class T>
    requires(!HasOwnSchema<T> && HasSchemaBeside<T>)
struct SchemaOf<T>
{
    using type = Schema<T>;
};

// Fields by number. Everything below is named by the document and a number: never by its Schema, whose name is long.

template <class Part> inline constexpr bool is_field = false;
template <auto M, auto... A> inline constexpr bool is_field<Field<M, A...>> = true;

template <std::size_t I, class F> struct Slot
{
};
template <class Numbers, class... F> struct Slots;
template <std::size_t... I, class... F> struct Slots<std::index_sequence<I...>, F...> : Slot<I, F>...
{
    static constexpr std::size_t count = sizeof...(I);
};
template <class... F> struct FieldList
{
    using Numbered = Slots<std::make_index_sequence<sizeof...(F)>, F...>;
};

template <std::size_t I, class F> consteval F field_at(Slot<I, F>*);
template <auto M, auto... A> consteval auto member_of(Field<M, A...>)
{
    return M;
}

template <class List, class... Parts> struct OnlyFields;
template <class... F> struct OnlyFields<FieldList<F...>>
{
    using type = FieldList<F...>;
};
template <class... F, class Part, class... Rest>
    requires(!is_field<Part>)
struct OnlyFields<FieldList<F...>, Part, Rest...> : OnlyFields<FieldList<F...>, Rest...>
{
};
template <class... F, auto M, auto... A, class... Rest>
struct OnlyFields<FieldList<F...>, Field<M, A...>, Rest...> : OnlyFields<FieldList<F..., Field<M, A...>>, Rest...>
{
};

/// Fields first and options behind them, as nearly every table has it, need no walk through the list.
template <FixedString Name, class... Parts> consteval auto fields_of(Table<Name, Parts...>*)
{
    if constexpr ((is_field<Parts> && ...))
        return static_cast<FieldList<Parts...>*>(nullptr);
    else
        return static_cast<typename OnlyFields<FieldList<>, Parts...>::type*>(nullptr);
}

template <class T>
struct Fields : std::remove_pointer_t<decltype(fields_of(static_cast<typename SchemaOf<T>::type*>(nullptr)))>::Numbered
{
};
template <class T, std::size_t I>
inline constexpr auto member_at = member_of(decltype(field_at<I>(static_cast<Fields<T>*>(nullptr))){});
template <class T> using FieldNumbers = std::make_index_sequence<Fields<T>::count>;

template <class M> struct WithoutOptional
{
    using type = M;
};
template <class M> struct WithoutOptional<std::optional<M>>
{
    using type = M;
};
/// What a member holds when it holds something.
template <class M> using Held = typename WithoutOptional<M>::type;

template <class M> constexpr Container container_of()
{
    if constexpr (MapLike<M>)
        return Container::map;
    else if constexpr (SetLike<M>)
        return Container::set;
    else if constexpr (ListLike<M>)
        return Container::list;
    else
        return Container::none;
}
template <class M> inline constexpr bool is_vector = false;
template <class M, std::size_t N> inline constexpr bool is_vector<std::array<M, N>> = true;

template <class M> constexpr TypeOf type_of_member()
{
    static_assert(Mappable<Held<M>>, "coodie: a member has no CQL type; use a type that has one, or specialise "
                                     "coodie::Codec for it");
    static_assert(!is_view<M>, "coodie: a document owns what it reads; make this member a std::string, a coodie::Blob");
    if constexpr (Mappable<Held<M>>)
        return &Codec<Held<M>>::type;
    else
        return nullptr;
}

template <auto M, auto... A> constexpr Column column_of(Field<M, A...>)
{
    using Type = Held<TypeOfMember<M>>;
    constexpr auto name = member_name<M>();
    Column column{.name = name, .member = name, .type = type_of_member<Type>()};
    column.container = container_of<Type>();
    column.vector = is_vector<Type>;
    (apply(column, A), ...);
    return column;
}

template <class... F> constexpr auto columns_from(FieldList<F...>*)
{
    return std::array<Column, sizeof...(F)>{column_of(F{})...};
}
template <class T>
inline constexpr auto columns = columns_from(fields_of(static_cast<typename SchemaOf<T>::type*>(nullptr)));

struct TableParts
{
    std::string_view keyspace;
    static constexpr std::size_t max_options = 32;
    std::array<TableOption, max_options> options{};
    std::size_t option_count = 0;
};
template <class Part> struct ApplyPart
{
    static_assert(is_field<Part>, "coodie: a Table has Fields, a Keyspace and options; this part is none of them");
    static consteval void to(TableParts&) {}
};
template <FixedString Name> struct ApplyPart<Keyspace<Name>>
{
    static constexpr auto name = Name;
    static consteval void to(TableParts& parts) { parts.keyspace = name.view(); }
};
template <FixedString Name, FixedString Text> struct ApplyPart<TextOption<Name, Text>>
{
    static constexpr auto name = Name;
    static constexpr auto text = Text;
    static consteval void to(TableParts& parts)
    {
        parts.options[parts.option_count++] = {name.view(), {OptionValue::text, 0, text.view(), {}}};
    }
};
template <FixedString Name, std::int64_t Number> struct ApplyPart<NumberOption<Name, Number>>
{
    static constexpr auto name = Name;
    static consteval void to(TableParts& parts)
    {
        parts.options[parts.option_count++] = {name.view(), {OptionValue::number, Number, {}, {}}};
    }
};

template <FixedString Name, class... Parts> consteval TableParts parts_from(Table<Name, Parts...>*)
{
    constexpr auto not_fields = (std::size_t{0} + ... + (is_field<Parts> ? 0U : 1U));
    static_assert(not_fields <= TableParts::max_options, "coodie: a Table takes at most 32 parts that are no Fields");
    TableParts parts;
    if constexpr (not_fields <= TableParts::max_options)
        (ApplyPart<Parts>::to(parts), ...);
    return parts;
}
template <FixedString Name, class... Parts> consteval auto name_from(Table<Name, Parts...>*)
{
    return Name;
}
template <class T> inline constexpr auto table_parts = parts_from(static_cast<typename SchemaOf<T>::type*>(nullptr));
template <class T> inline constexpr auto table_name = name_from(static_cast<typename SchemaOf<T>::type*>(nullptr));

/// A document's table as data.
template <class T>
inline constexpr TableSchema table{
    .name = table_name<T>.view(),
    .keyspace = table_parts<T>.keyspace,
    .document = class_name<T>(),
    .columns = columns<T>,
    .options = std::span<const TableOption>{table_parts<T>.options.data(), table_parts<T>.option_count}};

/// A constant, so that compilers look once however often it is asked.
template <class T> inline constexpr cql::Rule schema_rule = cql::broken_schema_rule(table<T>);

/// Stops the compiler with a sentence when T is no document, or its table is none that a server takes.
template <class T> consteval bool is_document()
{
    constexpr bool has_schema = HasOwnSchema<T> || HasSchemaBeside<T>;
    static_assert(has_schema, "coodie: this type has no Schema; write `using Schema = Table<\"name\", Field<&T::id, "
                              "PrimaryKey{}>, ...>;` in it, or specialise coodie::Schema for it");
    if constexpr (has_schema) {
        cql::require_fine<schema_rule<T>>();
        return schema_rule<T> == cql::Rule::fine;
    } else
        return false;
}

/// The column of the member that is called so.
template <class T> constexpr cql::ColumnNumber column_of_name(std::string_view member) noexcept
{
    for (std::size_t i = 0; i != columns<T>.size(); ++i)
        if (same_name(columns<T>[i].member, member))
            return static_cast<cql::ColumnNumber>(i);
    return cql::unknown_column;
}

/// The column that a member is in T's table; unknown_column for a member of another class or without a Field.
template <class T, auto M> constexpr cql::ColumnNumber column_number() noexcept
{
    if constexpr (std::is_base_of_v<ClassOf<M>, T>)
        return column_of_name<T>(member_name<M>());
    else
        return cql::unknown_column;
}

}

}
