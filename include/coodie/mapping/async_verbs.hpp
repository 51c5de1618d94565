#pragma once

#include <coodie/async/driver.hpp>
#include <coodie/mapping/verbs.hpp>

namespace coodie {

// The verbs with async_ in front and a completion token at the end. Documents are read before the call returns; an
// update leaves the document as it is. A document is named before the call: g++ 12 destroys aggregate temporaries twice
// that share a statement with co_await.

namespace detail {

/// Calls `function(token, arguments...)` for arguments with a token behind them.
template <class Function, std::size_t... I, class Tuple>
auto token_first(const Function& function, std::index_sequence<I...>, Tuple&& all)
{
    constexpr auto last = std::tuple_size_v<std::remove_cvref_t<Tuple>> - 1;
    return function(std::get<last>(std::forward<Tuple>(all)), std::get<I>(all)...);
}
template <class Function, class... A> auto with_token(const Function& function, A&&... arguments)
{
    static_assert(sizeof...(A) != 0, "coodie: the last argument of an async_ function is a completion token");
    return token_first(function, std::make_index_sequence<sizeof...(A) - 1>{},
                       std::forward_as_tuple(std::forward<A>(arguments)...));
}

struct Ignored
{
    void operator()(const Rows&) const noexcept {}
};
struct AsLwtResult
{
    LwtResult operator()(Rows rows) const { return LwtResult{std::move(rows)}; }
};
template <class T> struct AsOnly
{
    std::optional<T> operator()(const Rows& rows) const { return only_one<T>(rows); }
};
template <class T> struct AsExisting
{
    T operator()(const Rows& rows) const { return must_exist<T>(only_one<T>(rows)); }
};
struct AsCount
{
    std::int64_t operator()(const Rows& rows) const { return read_count(rows); }
};

/// Starts a walk through pages whose rows go to `target`.
struct StartPages
{
    std::shared_ptr<void> target;
    void (*take)(void* target, const Rows& page);

    void operator()(const std::shared_ptr<AbstractDriver>& driver, Statement statement, DoneHandler handler) const
    {
        start_pages(driver, std::move(statement), {take, target}, std::move(handler));
    }
};
template <class Row> struct Taken
{
    std::shared_ptr<std::vector<Row>> rows;
    std::vector<Row> operator()() const { return std::move(*rows); }
};
template <class Row, class Token>
auto async_pages(std::shared_ptr<AbstractDriver> driver, Statement statement, void (*take)(void*, const Rows&),
                 Token&& token)
{
    auto rows = std::make_shared<std::vector<Row>>();
    return initiate<void(std::exception_ptr)>(std::move(driver), StartPages{rows, take}, Taken<Row>{rows},
                                              std::forward<Token>(token), std::move(statement));
}

}

template <class T, class... Parts> template <class Token> auto Query<T, Parts...>::async_all(Token&& token) const
{
    if constexpr (detail::is_fine<T, shape>())
        return detail::async_pages<Row>(values_.driver.driver(), statement<shape>(), &take, std::forward<Token>(token));
}
template <class T, class... Parts> template <class Token> auto Query<T, Parts...>::async_first(Token&& token) const
{
    if constexpr (detail::is_fine<T, first_shape()>())
        return detail::async_as<std::optional<Row>>(values_.driver.driver(), first_statement(), &first_of,
                                                    std::forward<Token>(token));
}
template <class T, class... Parts> template <class Token> auto Query<T, Parts...>::async_count(Token&& token) const
{
    if constexpr (detail::is_fine<T, count_shape()>())
        return detail::async_as<std::int64_t>(values_.driver.driver(), statement<count_shape()>(), detail::AsCount{},
                                              std::forward<Token>(token));
}

template <class T> template <class Token> auto QuerySet<T>::async_all(Token&& token) const
{
    return detail::async_pages<T>(query_.driver(), query_.all(), &take, std::forward<Token>(token));
}
template <class T> template <class Token> auto QuerySet<T>::async_first(Token&& token) const
{
    return detail::async_as<std::optional<T>>(query_.driver(), query_.first(), &first_of, std::forward<Token>(token));
}
template <class T> template <class Token> auto QuerySet<T>::async_count(Token&& token) const
{
    return detail::async_as<std::int64_t>(query_.driver(), query_.count(), detail::AsCount{},
                                          std::forward<Token>(token));
}

template <class T>
template <class Token>
auto Collection<T>::async_sync_table(SyncTableOptions options, Token&& token) const
{
    if constexpr (detail::is_document<T>())
        return driver_.driver()->async_sync_table(detail::table<T>, options, std::forward<Token>(token));
}
template <class T> template <class Token> auto Collection<T>::async_save(const T& document, Token&& token) const
{
    return detail::async_as<void>(driver_.driver(), detail::insert_statement<T, detail::save_shape>(document),
                                  detail::Ignored{}, std::forward<Token>(token));
}
template <class T> template <class Token> auto Collection<T>::async_insert(const T& document, Token&& token) const
{
    return detail::async_as<LwtResult>(driver_.driver(), detail::insert_statement<T, detail::insert_shape>(document),
                                       detail::AsLwtResult{}, std::forward<Token>(token));
}
template <class T> template <class Token> auto Collection<T>::async_erase(const T& document, Token&& token) const
{
    return detail::async_as<void>(driver_.driver(), detail::erase_statement<T>(document), detail::Ignored{},
                                  std::forward<Token>(token));
}
template <class T>
template <class... A>
auto Collection<T>::async_update(const T& document, A&&... changes_and_token) const
{
    return detail::with_token(
        [&](auto&& token, const auto&... changes) {
            return detail::async_as<void>(driver_.driver(), detail::update_statement<T>(document, changes...),
                                          detail::Ignored{}, std::forward<decltype(token)>(token));
        },
        std::forward<A>(changes_and_token)...);
}
template <class T> template <class... A> auto Collection<T>::async_get(A&&... key_and_token) const
{
    return detail::with_token(
        [&](auto&& token, const auto&... key) {
            return detail::async_as<T>(driver_.driver(), get_one(key...), detail::AsExisting<T>{},
                                       std::forward<decltype(token)>(token));
        },
        std::forward<A>(key_and_token)...);
}
template <class T> template <class... A> auto Collection<T>::async_find_one(A&&... conditions_and_token) const
{
    return detail::with_token(
        [&](auto&& token, const auto&... conditions) {
            return detail::async_as<std::optional<T>>(driver_.driver(), find(conditions...).limit(2).statement(),
                                                      detail::AsOnly<T>{}, std::forward<decltype(token)>(token));
        },
        std::forward<A>(conditions_and_token)...);
}

template <class T, class Token> auto async_sync_table(Token&& token)
{
    return Collection<T>{}.async_sync_table({}, std::forward<Token>(token));
}
template <class T, class Token> auto async_sync_table(SyncTableOptions options, Token&& token)
{
    return Collection<T>{}.async_sync_table(options, std::forward<Token>(token));
}
template <class T, class Token> auto async_save(const T& document, Token&& token)
{
    return Collection<T>{}.async_save(document, std::forward<Token>(token));
}
template <class T, class Token> auto async_insert(const T& document, Token&& token)
{
    return Collection<T>{}.async_insert(document, std::forward<Token>(token));
}
template <class T, class Token> auto async_erase(const T& document, Token&& token)
{
    return Collection<T>{}.async_erase(document, std::forward<Token>(token));
}
template <class T, class... A> auto async_update(const T& document, A&&... changes_and_token)
{
    return Collection<T>{}.async_update(document, std::forward<A>(changes_and_token)...);
}
template <class T, class... A> auto async_get(A&&... key_and_token)
{
    return Collection<T>{}.async_get(std::forward<A>(key_and_token)...);
}
template <class T, class... A> auto async_find_one(A&&... conditions_and_token)
{
    return Collection<T>{}.async_find_one(std::forward<A>(conditions_and_token)...);
}

// A document made in the call itself: name it first.
template <class T, class Token>
    requires std::is_aggregate_v<T>
void async_save(const T&& name_the_document_first, Token&& token) = delete;
template <class T, class Token>
    requires std::is_aggregate_v<T>
void async_insert(const T&& name_the_document_first, Token&& token) = delete;
template <class T, class Token>
    requires std::is_aggregate_v<T>
void async_erase(const T&& name_the_document_first, Token&& token) = delete;
template <class T, class... A>
    requires std::is_aggregate_v<T>
void async_update(const T&& name_the_document_first, A&&... changes_and_token) = delete;

}
