#include <coodie/async.hpp>

// No #pragma once: async.hpp includes this in its turn, also when this came first.
#ifndef COODIE_ASYNC_INIT_HPP
#define COODIE_ASYNC_INIT_HPP

#include <coodie/execute_raw.hpp>
#include <coodie/init.hpp>
#include <coodie/keyspace.hpp>

// The async_ names of what is done before and beside documents.

namespace coodie {

namespace detail {

/// A driver of the registry. That there is none is an error like any other: the handler gets it.
class RegisteredDriver
{
public:
    explicit RegisteredDriver(std::string_view name = {})
    {
        attempt([&] {
            driver_ = get_driver(name);
            return nullptr;
        });
    }
    /// What is made of the arguments, or an error for the handler.
    template <class Make> std::invoke_result_t<Make> attempt(Make make)
    {
        try {
            if (!error_)
                return make();
        } catch (...) {
            error_ = std::current_exception();
        }
        return {};
    }
    const std::shared_ptr<AbstractDriver>& driver() const noexcept { return driver_; }
    const std::exception_ptr& error() const noexcept { return error_; }

private:
    std::shared_ptr<AbstractDriver> driver_;
    std::exception_ptr error_;
};

inline Loop loop_behind(const RegisteredDriver& registered)
{
    return registered.driver() ? DriverAccess::loop(*registered.driver()) : Loop{};
}

struct StartOnRegistered
{
    void operator()(const RegisteredDriver& registered, Statement statement, RowsHandler handler) const
    {
        if (registered.error())
            handler.complete(Loop{}, registered.error(), Rows{});
        else
            DriverAccess::start(*registered.driver(), std::move(statement), std::move(handler));
    }
};

template <class Make, class Token> auto async_change(std::string_view driver, Make make, Token&& token)
{
    RegisteredDriver registered{driver};
    auto statement = registered.attempt(make);
    return initiate<void(std::exception_ptr, Rows)>(std::move(registered), StartOnRegistered{}, NoAnswer{},
                                                    std::forward<Token>(token), std::move(statement));
}

}

template <class Token> auto async_execute_raw(Statement statement, Token&& token)
{
    return detail::initiate<void(std::exception_ptr, Rows)>(detail::RegisteredDriver{}, detail::StartOnRegistered{},
                                                            detail::Unchanged{}, std::forward<Token>(token),
                                                            std::move(statement));
}

template <class Token> auto async_init_coodie(const InitOptions& options, Token&& token)
{
    return detail::initiate<void(std::exception_ptr, std::shared_ptr<AbstractDriver>)>(
        detail::loop_behind(options),
        [](const Loop&, InitOptions chosen, detail::DriverHandler handler) {
            detail::start_init(std::move(chosen), std::move(handler));
        },
        detail::Unchanged{}, std::forward<Token>(token), options);
}

template <class Token>
auto async_create_keyspace(std::string_view keyspace, const KeyspaceOptions& options, Token&& token)
{
    return detail::async_change(
        options.driver, [&] { return detail::create_keyspace_statement(keyspace, options); },
        std::forward<Token>(token));
}
template <class Token> auto async_create_keyspace(std::string_view keyspace, Token&& token)
{
    const KeyspaceOptions options;
    return async_create_keyspace(keyspace, options, std::forward<Token>(token));
}

template <class Token>
auto async_drop_keyspace(std::string_view keyspace, const DropKeyspaceOptions& options, Token&& token)
{
    return detail::async_change(
        options.driver, [&] { return detail::drop_keyspace_statement(keyspace, options); }, std::forward<Token>(token));
}
template <class Token> auto async_drop_keyspace(std::string_view keyspace, Token&& token)
{
    const DropKeyspaceOptions options;
    return async_drop_keyspace(keyspace, options, std::forward<Token>(token));
}

}

#endif
