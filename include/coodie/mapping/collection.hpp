#pragma once

#include <coodie/mapping/lwt_result.hpp>
#include <coodie/mapping/outcome.hpp>
#include <coodie/mapping/query.hpp>

namespace coodie {

template <class T> class QuerySet;

/// The documents T on one driver: what the free functions do on the registry's default.
/// Lifetime: the driver is kept by whoever gave it.
template <class T> class Collection
{
public:
    /// On the registry's default driver.
    constexpr Collection() noexcept = default;
    explicit constexpr Collection(AbstractDriver& driver) noexcept : driver_{driver} {}

    /// Makes the table and its indexes where they are missing. Gives the CQL that was run, or would be.
    std::vector<std::string> sync_table(const SyncTableOptions& options = {}) const
    {
        if constexpr (detail::is_document<T>())
            return driver_.driver()->sync_table(detail::table<T>, options);
        else
            return {};
    }

    /// Writes every column; a document of the same key is replaced.
    void save(const T& document) const { execute(detail::insert_statement<T, detail::save_shape>(document)); }
    /// Writes the document unless there is one of this key: IF NOT EXISTS.
    LwtResult insert(const T& document) const
    {
        return LwtResult{execute(detail::insert_statement<T, detail::insert_shape>(document))};
    }
    /// Changes columns of the document in the table, and members of `document` that are assigned.
    template <class... C> void update(T& document, const C&... changes) const
    {
        execute(detail::update_statement<T>(document, changes...));
        if constexpr ((detail::is_change<C> && ...))
            (detail::assign(document, changes), ...);
    }
    /// The same for a document that stays as it is.
    template <class... C> void update(const T& document, const C&... changes) const
    {
        execute(detail::update_statement<T>(document, changes...));
    }
    /// Deletes the document by its key; fine when there is none.
    void erase(const T& document) const { execute(detail::erase_statement<T>(document)); }

    /// The document of this key, or the only one that the conditions match.
    /// Errors: DocumentNotFound, MultipleDocumentsFound.
    template <class... K> T get(const K&... key) const
    {
        auto documents = at_most(by<K...>() == detail::AskedBy::key ? 1 : 2, get_one(key...));
        return detail::must_exist(documents, by<K...>());
    }
    /// The document that the conditions match, if there is one. Errors: MultipleDocumentsFound.
    template <class... P> std::optional<T> find_one(const P&... conditions) const
    {
        auto documents = at_most(2, find(conditions...).limit(2).statement());
        return detail::only_one(documents);
    }
    /// A query: nothing is sent before .all(), .first(), .count().
    template <class... P> auto find(const P&... conditions) const
    {
        return detail::make_query<T>(driver_, conditions...);
    }

    /// A query composed at run time, by the names of members.
    QuerySet<T> query() const;

    template <class Token>
    auto async_sync_table(SyncTableOptions options, Token&& token) const;             // needs <coodie/async.hpp>
    template <class Token> auto async_save(const T& document, Token&& token) const;   // needs <coodie/async.hpp>
    template <class Token> auto async_insert(const T& document, Token&& token) const; // needs <coodie/async.hpp>
    template <class Token> auto async_erase(const T& document, Token&& token) const;  // needs <coodie/async.hpp>
    template <class... A>
    auto async_update(const T& document, A&&... changes_and_token) const;         // needs <coodie/async.hpp>
    template <class... A> auto async_get(A&&... key_and_token) const;             // needs <coodie/async.hpp>
    template <class... A> auto async_find_one(A&&... conditions_and_token) const; // needs <coodie/async.hpp>

    // A document made in the call itself: g++ 12 destroys it twice beside co_await. Name it first.
    template <class Token>
        requires std::is_aggregate_v<T>
    void async_save(const T&& name_the_document_first, Token&& token) const = delete;
    template <class Token>
        requires std::is_aggregate_v<T>
    void async_insert(const T&& name_the_document_first, Token&& token) const = delete;
    template <class Token>
        requires std::is_aggregate_v<T>
    void async_erase(const T&& name_the_document_first, Token&& token) const = delete;
    template <class... A>
        requires std::is_aggregate_v<T>
    void async_update(const T&& name_the_document_first, A&&... changes_and_token) const = delete;

private:
    static std::size_t take(void* rows, const Rows& page)
    {
        return detail::take_rows<detail::RowReader<T>, T>(rows, page);
    }

    template <class... K> static constexpr detail::AskedBy by() noexcept
    {
        constexpr bool conditions = sizeof...(K) != 0 && (detail::is_predicate<K> && ...);
        return conditions ? detail::AskedBy::conditions : detail::AskedBy::key;
    }
    std::vector<T> at_most(std::size_t enough, Statement statement) const
    {
        std::vector<T> documents;
        if constexpr (detail::is_document<T>())
            detail::take_pages(*driver_.driver(), std::move(statement), {take, &documents, enough});
        return documents;
    }
    template <class... K> Statement get_one(const K&... key) const
    {
        if constexpr (by<K...>() == detail::AskedBy::conditions)
            return find(key...).limit(2).statement();
        else
            return detail::get_statement<T>(key...);
    }
    Rows execute(Statement statement) const { return driver_.driver()->execute(std::move(statement)); }

    detail::DriverChoice driver_;
};

}
