#pragma once

#include <coodie/registry.hpp>

namespace coodie {

/// CQL as it stands, on the default driver: execute_raw("SELECT name FROM users WHERE id = ?", id), or a Statement.
template <class... A>
    requires std::constructible_from<Statement, A...>
Rows execute_raw(A&&... statement)
{
    return get_driver()->execute(Statement{std::forward<A>(statement)...});
}

/// Completes with void(std::exception_ptr, Rows). Values stand beside the text:
/// async_execute_raw({"SELECT name FROM users WHERE id = ?", id}, token).
template <class Token> auto async_execute_raw(Statement statement, Token&& token); // needs <coodie/async.hpp>

}
