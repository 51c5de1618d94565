#pragma once

#include <coodie/mapping/collection.hpp>
#include <coodie/mapping/loose_value.hpp>

namespace coodie {

namespace detail {

/// A query composed at run time, without its document's type.
class COODIE_API LooseQuery
{
public:
    LooseQuery(const TableSchema& table, DriverChoice driver) noexcept : table_{&table}, driver_{driver} {}

    void filter(std::string_view name, Op op, const LooseValue& value);
    void order_by(std::string_view name, Order order);
    void limit(std::int64_t rows);
    void per_partition_limit(std::int64_t rows);
    void allow_filtering() noexcept { shape_.allow_filtering = true; }
    ExecuteOptions& options() noexcept { return options_; }

    const cql::Shape& shape() const noexcept { return shape_; }
    Statement all() const;
    Statement first() const;
    Statement count() const;
    std::shared_ptr<AbstractDriver> driver() const { return driver_.driver(); }

private:
    cql::ColumnNumber column(std::string_view name) const;
    Statement statement(const cql::Shape& shape, std::int32_t limit) const;

    const TableSchema* table_;
    DriverChoice driver_;
    cql::Shape shape_;
    ValueBuffer conditions_;
    std::vector<const TypeOf*> types_; ///< of the conditions: constants, checked against the server's
    std::int32_t limit_ = 0;
    std::int32_t per_partition_limit_ = 0;
    ExecuteOptions options_;
};

}

/// A query whose conditions are known at run time only, by the names of members or columns:
///     auto q = query<User>();
///     if (form.email) q = q.filter("email", Op::eq, *form.email);
/// The texts and rules are those of find<T>. A value: every link is a new query.
/// Errors: InvalidQueryError from filter and order_by for a name the document has not (it says which is nearest) or a
/// value of another type (it says both); from the last call for a query that no server takes. Nothing is sent then.
template <class T> class [[nodiscard("nothing is sent before .all(), .first(), .count()")]] QuerySet
{
    static_assert(detail::is_document<T>());

public:
    explicit QuerySet(detail::DriverChoice driver = {}) noexcept : query_{detail::table<T>, driver} {}

    /// Conditions add up. Op::in takes a range of values.
    template <class V> QuerySet filter(std::string_view name, Op op, const V& value) const
    {
        if constexpr (detail::LooseRange<V>) {
            if (op == Op::in)
                return with([&](auto& q) { q.filter(name, op, detail::loose_list(value)); });
        }
        return with([&](auto& q) { q.filter(name, op, detail::loose_value(value)); });
    }
    template <class V> QuerySet filter(std::string_view name, Op op, std::initializer_list<V> values) const
    {
        return filter(name, op, std::vector<V>(values));
    }
    QuerySet order_by(std::string_view name, Order order = ascending) const
    {
        return with([&](auto& q) { q.order_by(name, order); });
    }
    QuerySet limit(std::int64_t rows) const
    {
        return with([&](auto& q) { q.limit(rows); });
    }
    QuerySet per_partition_limit(std::int64_t rows) const
    {
        return with([&](auto& q) { q.per_partition_limit(rows); });
    }
    QuerySet allow_filtering() const
    {
        return with([](auto& q) { q.allow_filtering(); });
    }
    QuerySet consistency(Consistency level) const
    {
        return with([&](auto& q) { q.options().consistency = level; });
    }
    QuerySet timeout(std::chrono::milliseconds time) const
    {
        return with([&](auto& q) { q.options().timeout = time; });
    }
    QuerySet page_size(std::int32_t rows) const
    {
        return with([&](auto& q) { q.options().page_size = detail::checked_limit(rows); });
    }

    /// Every row, page by page.
    std::vector<T> all() const
    {
        std::vector<T> documents;
        detail::take_pages(*query_.driver(), query_.all(), {take, &documents});
        return documents;
    }
    std::optional<T> first() const
    {
        std::vector<T> documents;
        detail::take_pages(*query_.driver(), query_.first(), {take, &documents, 1});
        return detail::first_of(documents);
    }
    /// How many rows match; limits and orders do not count.
    std::int64_t count() const { return detail::read_count(*query_.driver(), query_.count()); }

    template <class Token> auto async_all(Token&& token) const;   // needs <coodie/async.hpp>
    template <class Token> auto async_first(Token&& token) const; // needs <coodie/async.hpp>
    template <class Token> auto async_count(Token&& token) const; // needs <coodie/async.hpp>

    /// What all() sends.
    Statement statement() const { return query_.all(); }

private:
    template <class Change> QuerySet with(const Change& change) const
    {
        auto made = *this;
        change(made.query_);
        return made;
    }
    static std::size_t take(void* rows, const Rows& page)
    {
        return detail::take_rows<detail::RowReader<T>, T>(rows, page);
    }

    detail::LooseQuery query_;
};

/// On the registry's default driver.
template <class T> QuerySet<T> query()
{
    return QuerySet<T>{};
}
template <class T> QuerySet<T> Collection<T>::query() const
{
    return QuerySet<T>{driver_};
}

}
