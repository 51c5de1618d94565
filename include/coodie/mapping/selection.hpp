#pragma once

#include <coodie/mapping/aggregate.hpp>
#include <coodie/mapping/decode.hpp>

namespace coodie::detail {

// What a query gives: whole documents, tuples of members, or another struct.

/// Part of a query: `.select<&User::id, &User::name>()`.
template <auto... M> struct Selected
{
};
/// Part of a query: `.select_as<Card>()`.
template <class Card> struct SelectedAs
{
};

/// A column for an error to name, also for a member that has none.
template <class T> constexpr const Column& column_or_first(cql::ColumnNumber number) noexcept
{
    return columns<T>[number == cql::unknown_column ? 0 : number];
}

template <class T, auto... M> struct TupleReader
{
    using Row = std::tuple<TypeOfMember<M>...>;
    static constexpr std::array<MemberReader, sizeof...(M)> members{
        MemberReader{column_or_first<T>(column_number<T, M>()).name, type_name<Held<TypeOfMember<M>>>(),
                     type_of<TypeOfMember<M>>(), &accepts_type<TypeOfMember<M>>}...};
    static constexpr ReaderTable table{class_name<T>(), members};

    static void read(const Cell* cells, const std::uint16_t* columns, Row& row)
    {
        const auto failed = [&]<std::size_t... I>(std::index_sequence<I...>) {
            std::size_t member = sizeof...(I);
            ((load_cell(cells[columns[I]], std::get<I>(row)) || (member = I, false)) && ...);
            return member;
        }(std::index_sequence_for<decltype(M)...>{});
        if (failed != members.size())
            refuse_cell(table, failed, cells[columns[failed]]);
    }
};

template <class Card, std::size_t I>
using AggregateMember =
    std::remove_cvref_t<std::tuple_element_t<I, decltype(tie_members<count_members<Card>()>(std::declval<Card&>()))>>;

template <class T, class Card, std::size_t I> constexpr MemberReader card_reader() noexcept
{
    using Member = AggregateMember<Card, I>;
    static_assert(!is_view<Member>, "coodie: select_as<Card> fills what owns its memory; make this member a "
                                    "std::string, a coodie::Blob");
    return {column_or_first<T>(column_of_name<T>(aggregate_name<Card, I>)).name, type_name<Held<Member>>(),
            type_of<Member>(), &accepts_type<Member>};
}

template <class T, class Card> struct CardReader
{
    using Row = Card;
    using Numbers = std::make_index_sequence<count_members<Card>()>;
    static constexpr auto members = []<std::size_t... I>(std::index_sequence<I...>) {
        return std::array<MemberReader, sizeof...(I)>{card_reader<T, Card, I>()...};
    }(Numbers{});
    static constexpr ReaderTable table{class_name<Card>(), members};

    static void read(const Cell* cells, const std::uint16_t* columns, Card& card)
    {
        const auto all = tie_members<count_members<Card>()>(card);
        const auto failed = [&]<std::size_t... I>(std::index_sequence<I...>) {
            std::size_t member = sizeof...(I);
            ((load_cell(cells[columns[I]], std::get<I>(all)) || (member = I, false)) && ...);
            return member;
        }(Numbers{});
        if (failed != members.size())
            refuse_cell(table, failed, cells[columns[failed]]);
    }
};

template <class T> struct DocumentReader : RowReader<T>
{
    using Row = T;
};

/// The reader that the parts of a query choose: the last selection counts.
template <class T, class... Parts> struct ReaderOf
{
    using type = DocumentReader<T>;
};
template <class T, class First, class... Rest> struct ReaderOf<T, First, Rest...> : ReaderOf<T, Rest...>
{
};
template <class T, auto... M, class... Rest> struct ReaderOf<T, Selected<M...>, Rest...>
{
    using type = TupleReader<T, M...>;
};
template <class T, class Card, class... Rest> struct ReaderOf<T, SelectedAs<Card>, Rest...>
{
    using type = CardReader<T, Card>;
};

template <class T, auto... M> constexpr void describe(cql::Shape& shape, const Selected<M...>*) noexcept
{
    shape.columns = {};
    (shape.columns.push(column_number<T, M>()), ...);
}
template <class T, class Card> constexpr void describe(cql::Shape& shape, const SelectedAs<Card>*) noexcept
{
    shape.columns = {};
    [&]<std::size_t... I>(std::index_sequence<I...>) {
        (shape.columns.push(column_of_name<T>(aggregate_name<Card, I>)), ...);
    }(std::make_index_sequence<count_members<Card>()>{});
}

}
