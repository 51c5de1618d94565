#include <coodie/async.hpp>

// No #pragma once: async.hpp includes this in its turn, also when this came first.
#ifndef COODIE_ASYNC_SESSION_HPP
#define COODIE_ASYNC_SESSION_HPP

#include <coodie/query_trace.hpp>

// The async_ names of Session.

namespace coodie {

namespace detail {

using PreparedHandler = AnyHandler<void(std::exception_ptr, PreparedStatement)>;
using SessionHandler = AnyHandler<void(std::exception_ptr, Session)>;

struct StartOnSession
{
    template <class Request> void operator()(Session* session, Request&& request, RowsHandler handler) const
    {
        SessionAccess::execute(*session, std::forward<Request>(request), std::move(handler));
    }
};

}

template <class Token> auto Session::async_connect(const SessionOptions& options, Token&& token)
{
    auto loop = options.loops.empty() ? Loop{} : options.loops.front();
    return detail::initiate<void(std::exception_ptr, Session)>(
        std::move(loop),
        [](const Loop&, SessionOptions chosen, detail::SessionHandler handler) {
            detail::SessionAccess::connect(std::move(chosen), std::move(handler));
        },
        detail::Unchanged{}, std::forward<Token>(token), options);
}

template <class Token> auto Session::async_execute(Statement statement, Token&& token)
{
    return detail::initiate<void(std::exception_ptr, Rows)>(this, detail::StartOnSession{}, detail::Unchanged{},
                                                            std::forward<Token>(token), std::move(statement));
}

template <class Token> auto Session::async_execute(const Batch& batch, Token&& token)
{
    return detail::initiate<void(std::exception_ptr, Rows)>(this, detail::StartOnSession{}, detail::Unchanged{},
                                                            std::forward<Token>(token), batch);
}

template <class Token> auto Session::async_prepare(std::string cql, Token&& token)
{
    return detail::initiate<void(std::exception_ptr, PreparedStatement)>(
        this,
        [](Session* session, std::string text, detail::PreparedHandler handler) {
            detail::SessionAccess::prepare(*session, std::move(text), std::move(handler));
        },
        detail::Unchanged{}, std::forward<Token>(token), std::move(cql));
}

template <class Token> auto Session::async_set_keyspace(std::string keyspace, Token&& token)
{
    return detail::initiate<void(std::exception_ptr)>(
        this,
        [](Session* session, std::string name, AnyHandler<void(std::exception_ptr)> handler) {
            detail::SessionAccess::set_keyspace(*session, std::move(name), std::move(handler));
        },
        detail::Unchanged{}, std::forward<Token>(token), std::move(keyspace));
}

template <class Token> auto Session::async_refresh_schema(std::string keyspace, Token&& token)
{
    return detail::initiate<void(std::exception_ptr)>(
        this,
        [](Session* session, std::string name, AnyHandler<void(std::exception_ptr)> handler) {
            detail::SessionAccess::refresh_schema(*session, std::move(name), std::move(handler));
        },
        detail::Unchanged{}, std::forward<Token>(token), std::move(keyspace));
}

template <class Token> auto Session::async_schema_in_agreement(Token&& token)
{
    return detail::initiate<void(std::exception_ptr, bool)>(
        this,
        [](Session* session, AnyHandler<void(std::exception_ptr, bool)> handler) {
            detail::SessionAccess::schema_in_agreement(*session, std::move(handler));
        },
        detail::Unchanged{}, std::forward<Token>(token));
}

template <class Token> auto Session::async_query_trace(const Uuid& tracing_id, QueryTraceOptions options, Token&& token)
{
    return detail::initiate<void(std::exception_ptr, QueryTrace)>(
        this,
        [](Session* session, const Uuid& id, const QueryTraceOptions& chosen,
           AnyHandler<void(std::exception_ptr, QueryTrace)> handler) {
            detail::SessionAccess::query_trace(*session, id, chosen, std::move(handler));
        },
        detail::Unchanged{}, std::forward<Token>(token), tracing_id, options);
}

template <class Token> auto Session::async_close(Token&& token)
{
    return detail::initiate<void(std::exception_ptr)>(
        this,
        [](Session* session, AnyHandler<void(std::exception_ptr)> handler) {
            detail::SessionAccess::close(*session, std::move(handler));
        },
        detail::Unchanged{}, std::forward<Token>(token));
}

template <class Token> auto Session::async_pool_state(Token&& token)
{
    using States = std::vector<PoolState>;
    return detail::initiate<void(std::exception_ptr, States)>(
        this,
        [](const Session* session, AnyHandler<void(std::exception_ptr, States)> handler) {
            detail::SessionAccess::pool_state(*session, std::move(handler));
        },
        detail::Unchanged{}, std::forward<Token>(token));
}

}

#endif
