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

struct AsLwtResult
{
    LwtResult operator()(Rows rows) const { return LwtResult{std::move(rows)}; }
};
template <class T> struct AsExisting
{
    T operator()(const Rows& rows) const { return must_exist<T>(rows); }
};

/// Starts a walk through pages whose rows go to `target`.
struct StartPages
{
    std::shared_ptr<void> target;
    PageTaker taker;

    void operator()(const std::shared_ptr<AbstractDriver>& driver, Statement statement, DoneHandler handler) const
    {
        start_pages(driver, std::move(statement), taker, target, std::move(handler));
    }
};

// What is made of the rows of a walk.
template <class Row> struct Taken
{
    std::shared_ptr<std::vector<Row>> rows;
    std::vector<Row> operator()() const { return std::move(*rows); }
};
template <class Row> struct FirstTaken
{
    std::shared_ptr<std::vector<Row>> rows;
    std::optional<Row> operator()() const { return first_of(*rows); }
};
template <class T> struct OnlyTaken
{
    std::shared_ptr<std::vector<T>> rows;
    std::optional<T> operator()() const { return only_one(*rows); }
};
template <class T> struct ExistingTaken
{
    std::shared_ptr<std::vector<T>> rows;
    T operator()() const { return must_exist(*rows, AskedBy::conditions); }
};
struct CountTaken
{
    std::shared_ptr<Count> count;
    std::int64_t operator()() const { return must_count(*count); }
};

template <template <class> class Made, class Row, class Token>
auto async_pages(std::shared_ptr<AbstractDriver> driver, Statement statement, PageTaker taker, Token&& token)
{
    auto rows = std::make_shared<std::vector<Row>>();
    taker.target = rows.get();
    return initiate<void(std::exception_ptr)>(std::move(driver), StartPages{rows, taker}, Made<Row>{rows},
                                              std::forward<Token>(token), std::move(statement));
}
template <class Token> auto async_count(std::shared_ptr<AbstractDriver> driver, Statement statement, Token&& token)
{
    auto count = std::make_shared<Count>();
    return initiate<void(std::exception_ptr)>(std::move(driver), StartPages{count, {&take_count, count.get(), 1}},
                                              CountTaken{count}, std::forward<Token>(token), std::move(statement));
}

}

template <class T, class... Parts> template <class Token> auto Query<T, Parts...>::async_all(Token&& token) const
{
    if constexpr (detail::is_fine<T, shape>())
        return detail::async_pages<detail::Taken, Row>(values_.driver.driver(), statement<shape>(), {take, nullptr},
                                                       std::forward<Token>(token));
}
template <class T, class... Parts> template <class Token> auto Query<T, Parts...>::async_first(Token&& token) const
{
    if constexpr (detail::is_fine<T, first_shape()>())
        return detail::async_pages<detail::FirstTaken, Row>(values_.driver.driver(), first_statement(),
                                                            {take, nullptr, 1}, std::forward<Token>(token));
}
template <class T, class... Parts> template <class Token> auto Query<T, Parts...>::async_count(Token&& token) const
{
    if constexpr (detail::is_fine<T, count_shape()>())
        return detail::async_count(values_.driver.driver(), statement<count_shape()>(), std::forward<Token>(token));
}

template <class T> template <class Token> auto QuerySet<T>::async_all(Token&& token) const
{
    return detail::async_pages<detail::Taken, T>(query_.driver(), query_.all(), {take, nullptr},
                                                 std::forward<Token>(token));
}
template <class T> template <class Token> auto QuerySet<T>::async_first(Token&& token) const
{
    return detail::async_pages<detail::FirstTaken, T>(query_.driver(), query_.first(), {take, nullptr, 1},
                                                      std::forward<Token>(token));
}
template <class T> template <class Token> auto QuerySet<T>::async_count(Token&& token) const
{
    return detail::async_count(query_.driver(), query_.count(), std::forward<Token>(token));
}

template <class T>
template <class Token>
auto Collection<T>::async_sync_table(SyncTableOptions options, Token&& token) const
{
    if constexpr (detail::is_document<T>())
        return detail::async_sync_table(driver_.driver(), detail::table<T>, options, std::forward<Token>(token));
}
template <class T> template <class Token> auto Collection<T>::async_save(const T& document, Token&& token) const
{
    return detail::async_as<void>(driver_.driver(), detail::insert_statement<T, detail::save_shape>(document),
                                  detail::NoAnswer{}, std::forward<Token>(token));
}
template <class T> template <class Token> auto Collection<T>::async_insert(const T& document, Token&& token) const
{
    return detail::async_as<LwtResult>(driver_.driver(), detail::insert_statement<T, detail::insert_shape>(document),
                                       detail::AsLwtResult{}, std::forward<Token>(token));
}
template <class T> template <class Token> auto Collection<T>::async_erase(const T& document, Token&& token) const
{
    return detail::async_as<void>(driver_.driver(), detail::erase_statement<T>(document), detail::NoAnswer{},
                                  std::forward<Token>(token));
}
template <class T>
template <class... A>
auto Collection<T>::async_update(const T& document, A&&... changes_and_token) const
{
    return detail::with_token(
        [&](auto&& token, const auto&... changes) {
            return detail::async_as<void>(driver_.driver(), detail::update_statement<T>(document, changes...),
                                          detail::NoAnswer{}, std::forward<decltype(token)>(token));
        },
        std::forward<A>(changes_and_token)...);
}
template <class T> template <class... A> auto Collection<T>::async_get(A&&... key_and_token) const
{
    return detail::with_token(
        [&](auto&& token, const auto&... key) {
            if constexpr (by<std::decay_t<decltype(key)>...>() == detail::AskedBy::key)
                return detail::async_as<T>(driver_.driver(), get_one(key...), detail::AsExisting<T>{},
                                           std::forward<decltype(token)>(token));
            else
                return detail::async_pages<detail::ExistingTaken, T>(
                    driver_.driver(), get_one(key...), {take, nullptr, 2}, std::forward<decltype(token)>(token));
        },
        std::forward<A>(key_and_token)...);
}
template <class T> template <class... A> auto Collection<T>::async_find_one(A&&... conditions_and_token) const
{
    return detail::with_token(
        [&](auto&& token, const auto&... conditions) {
            return detail::async_pages<detail::OnlyTaken, T>(driver_.driver(), find(conditions...).limit(2).statement(),
                                                             {take, nullptr, 2}, std::forward<decltype(token)>(token));
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
