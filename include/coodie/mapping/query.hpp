#pragma once

#include <coodie/mapping/driver_choice.hpp>
#include <coodie/mapping/selection.hpp>
#include <coodie/mapping/statements.hpp>
#include <coodie/mapping/token_of.hpp>

namespace coodie {

namespace detail {

// Parts of a query beside its conditions.
struct Filtering
{
};
struct Limited
{
};
struct PartitionLimited
{
};

template <class T> constexpr void describe(cql::Shape& shape, const Filtering*) noexcept
{
    shape.allow_filtering = true;
}
template <class T> constexpr void describe(cql::Shape& shape, const Limited*) noexcept
{
    shape.limit = true;
}
template <class T> constexpr void describe(cql::Shape& shape, const PartitionLimited*) noexcept
{
    shape.per_partition_limit = true;
}
template <class T, auto M, bool Descending>
constexpr void describe(cql::Shape& shape, const Ordering<M, Descending>*) noexcept
{
    shape.order_by.push({column_number<T, M>(), Descending ? cql::Sorting::descending : cql::Sorting::ascending});
}

/// What a query knows at run time: its encoded conditions, its numbers, its options.
struct QueryValues
{
    ValueBuffer conditions = {};
    std::int32_t limit = 0;
    std::int32_t per_partition_limit = 0;
    ExecuteOptions options = {};
    DriverChoice driver = {};

    /// Binds the conditions and the numbers that the text has markers for, and sets the options; whether it may be sent
    /// twice, the statement knows itself.
    COODIE_API void bind(Statement& statement, std::span<const TypeOf> types, const cql::Shape& shape) const;
};
/// Errors: InvalidQueryError unless it is at least 1.
COODIE_API std::int32_t checked_limit(std::int64_t limit);

template <class P> constexpr auto condition_types(const P*) noexcept
{
    if constexpr (is_predicate<P>)
        return bound_types(static_cast<const P*>(nullptr));
    else
        return std::array<TypeOf, 0>{};
}

/// The same rows, counted: limits and orders do not matter.
constexpr cql::Shape counting(cql::Shape shape) noexcept
{
    shape.selection = cql::Selection::count;
    shape.columns = {};
    shape.order_by = {};
    shape.limit = false;
    shape.per_partition_limit = false;
    return shape;
}

template <class T, class... Parts> constexpr cql::Shape make_select_shape() noexcept
{
    cql::Shape shape;
    if constexpr (is_document<T>())
        (describe<T>(shape, static_cast<const Parts*>(nullptr)), ...);
    return shape;
}

}

/// A SELECT that is being put together; nothing is sent before its last call. A value: copy it, keep it, run it again.
/// What cannot work does not compile: the sentence stands in the first line of the error.
template <class T, class... Parts> class [[nodiscard("nothing is sent before .all(), .first(), .count()")]] Query
{
    using Reader = typename detail::ReaderOf<T, Parts...>::type;

public:
    using Row = typename Reader::Row;
    static constexpr cql::Shape shape = detail::make_select_shape<T, Parts...>();

    explicit Query(detail::QueryValues values) noexcept : values_{std::move(values)} {}

    // Every link is a new query.

    /// At most so many rows.
    Query<T, Parts..., detail::Limited> limit(std::int64_t rows) const& { return Query{*this}.limit(rows); }
    Query<T, Parts..., detail::Limited> limit(std::int64_t rows) &&
    {
        values_.limit = detail::checked_limit(rows);
        return with<detail::Limited>();
    }
    /// At most so many rows of each partition.
    Query<T, Parts..., detail::PartitionLimited> per_partition_limit(std::int64_t rows) &&
    {
        values_.per_partition_limit = detail::checked_limit(rows);
        return with<detail::PartitionLimited>();
    }
    Query<T, Parts..., detail::PartitionLimited> per_partition_limit(std::int64_t rows) const&
    {
        return Query{*this}.per_partition_limit(rows);
    }
    /// Lets the server read rows that do not match, for queries that no key and no index answers.
    Query<T, Parts..., detail::Filtering> allow_filtering() && { return with<detail::Filtering>(); }
    Query<T, Parts..., detail::Filtering> allow_filtering() const& { return Query{*this}.allow_filtering(); }
    /// By clustering columns: `.order_by(desc<&Event::at>)`.
    template <auto... M, bool... D> Query<T, Parts..., Ordering<M, D>...> order_by(Ordering<M, D>...) &&
    {
        return with<Ordering<M, D>...>();
    }
    template <auto... M, bool... D> Query<T, Parts..., Ordering<M, D>...> order_by(Ordering<M, D>... by) const&
    {
        return Query{*this}.order_by(by...);
    }
    /// Reads these members only: rows are std::tuple.
    template <auto... M> Query<T, Parts..., detail::Selected<M...>> select() &&
    {
        return with<detail::Selected<M...>>();
    }
    template <auto... M> Query<T, Parts..., detail::Selected<M...>> select() const&
    {
        return Query{*this}.template select<M...>();
    }
    /// Reads the columns that a plain struct has members for: struct Card { Uuid id; std::string name; using Of = User;
    /// }
    template <class Card> Query<T, Parts..., detail::SelectedAs<Card>> select_as() &&
    {
        static_assert(std::is_same_v<typename Card::Of, T>, "coodie: select_as<Card> needs `using Of = T;` in Card, "
                                                            "with the document that is searched");
        static_assert(detail::count_members<Card>() <= detail::most_members,
                      "coodie: select_as<Card> takes structs of at most 12 members");
        return with<detail::SelectedAs<Card>>();
    }
    template <class Card> Query<T, Parts..., detail::SelectedAs<Card>> select_as() const&
    {
        return Query{*this}.template select_as<Card>();
    }

    Query consistency(Consistency level) const
    {
        auto made = *this;
        made.values_.options.consistency = level;
        return made;
    }
    Query timeout(std::chrono::milliseconds time) const
    {
        auto made = *this;
        made.values_.options.timeout = time;
        return made;
    }
    Query page_size(std::int32_t rows) const
    {
        auto made = *this;
        made.values_.options.page_size = detail::checked_limit(rows);
        return made;
    }

    /// Every row, page by page.
    std::vector<Row> all() const
    {
        std::vector<Row> rows;
        if constexpr (detail::is_fine<T, shape>())
            detail::take_pages(*values_.driver.driver(), statement<shape>(), {take, &rows});
        return rows;
    }
    /// The first row, if there is one.
    std::optional<Row> first() const
    {
        std::vector<Row> rows;
        if constexpr (detail::is_fine<T, first_shape()>())
            detail::take_pages(*values_.driver.driver(), first_statement(), {take, &rows, 1});
        return detail::first_of(rows);
    }
    /// How many rows match; limits and orders do not count.
    std::int64_t count() const
    {
        if constexpr (detail::is_fine<T, count_shape()>())
            return detail::read_count(*values_.driver.driver(), statement<count_shape()>());
        else
            return 0;
    }

    template <class Token> auto async_all(Token&& token) const;   // needs <coodie/async.hpp>
    template <class Token> auto async_first(Token&& token) const; // needs <coodie/async.hpp>
    template <class Token> auto async_count(Token&& token) const; // needs <coodie/async.hpp>

    /// What all() sends.
    Statement statement() const
    {
        if constexpr (detail::is_fine<T, shape>())
            return statement<shape>();
        else
            return {};
    }

private:
    template <class U, class... P> friend class Query;

    template <class... More> Query<T, Parts..., More...> with()
    {
        return Query<T, Parts..., More...>{std::move(values_)};
    }

    static constexpr cql::Shape first_shape() noexcept
    {
        auto made = shape;
        made.limit = true;
        return made;
    }
    static constexpr cql::Shape count_shape() noexcept { return detail::counting(shape); }
    static constexpr auto types = detail::joined(detail::condition_types(static_cast<const Parts*>(nullptr))...);

    template <cql::Shape S> Statement statement() const
    {
        auto made = detail::prepared_statement<T, S>();
        values_.bind(made, types, S);
        return made;
    }
    Statement first_statement() const
    {
        auto one = *this;
        one.values_.limit = 1;
        return one.template statement<first_shape()>();
    }
    static std::size_t take(void* rows, const Rows& page) { return detail::take_rows<Reader, Row>(rows, page); }

    detail::QueryValues values_;
};

namespace detail {

/// Stands for a query of what is no document: one error is enough.
struct NoQuery
{
    NoQuery limit(std::int64_t) const { return {}; }
    NoQuery allow_filtering() const { return {}; }
    template <class... By> NoQuery order_by(By...) const { return {}; }
    std::vector<NoQuery> all() const { return {}; }
    std::optional<NoQuery> first() const { return {}; }
    std::int64_t count() const { return 0; }
    Statement statement() const { return {}; }
};

template <class T, class... P> auto make_query(DriverChoice driver, const P&... conditions)
{
    if constexpr (!is_document<T>())
        return NoQuery{};
    else {
        constexpr bool only_conditions = (is_predicate<P> && ...);
        static_assert(only_conditions, "coodie: find takes conditions: `==` compares, `=` sets");
        QueryValues values{.driver = driver};
        if constexpr (only_conditions) {
            (values.conditions.append(conditions.value.bytes(), conditions.value.count()), ...);
            return Query<T, P...>{std::move(values)};
        } else
            return Query<T>{std::move(values)};
    }
}

}

}
