#include <coodie/async.hpp>

// No #pragma once: async.hpp includes this in its turn, also when this came first.
#ifndef COODIE_ASYNC_DRIVER_HPP
#define COODIE_ASYNC_DRIVER_HPP

// The async_ names of AbstractDriver, and what the mapping's are made of.

namespace coodie {

namespace detail {

using DoneHandler = AnyHandler<void(std::exception_ptr)>;
using SyncedHandler = AnyHandler<void(std::exception_ptr, std::vector<std::string>)>;

inline AbstractDriver& driver_of(AbstractDriver* driver)
{
    return *driver;
}
inline AbstractDriver& driver_of(const std::shared_ptr<AbstractDriver>& driver)
{
    return *driver;
}

/// Starts anything a driver is asked for.
struct StartOnDriver
{
    template <class Driver, class Request, class Handler>
    void operator()(const Driver& driver, Request&& request, Handler handler) const
    {
        DriverAccess::start(driver_of(driver), std::forward<Request>(request), std::move(handler));
    }
};
struct StartAllOnDriver
{
    template <class Driver>
    void operator()(const Driver& driver, std::vector<Statement> statements, DoneHandler handler) const
    {
        DriverAccess::start_all(driver_of(driver), std::move(statements), std::move(handler));
    }
};

/// An adaptor that keeps the driver while its statements run.
template <class Adapt> struct WithDriver
{
    std::shared_ptr<AbstractDriver> driver;
    Adapt adapt;
    decltype(auto) operator()() { return adapt(); }
};

/// Runs a Statement or a Batch and completes with void(std::exception_ptr, T): what `adapt(Rows)` makes of the rows.
/// T may be void. What `adapt` throws goes to the handler. `driver` is a pointer, plain or shared; it must live until
/// the operation has started.
template <class T, class Driver, class Request, class Adapt, class Token>
auto async_as(Driver driver, Request request, Adapt adapt, Token&& token)
{
    static_assert(std::is_same_v<std::invoke_result_t<Adapt&, Rows>, T>);
    return initiate<void(std::exception_ptr, Rows)>(std::move(driver), StartOnDriver{}, std::move(adapt),
                                                    std::forward<Token>(token), std::move(request));
}

/// The same for statements that run in order, the first error ending it: T is what `adapt()` gives at the end.
template <class T, class Adapt, class Token>
auto async_all_as(std::shared_ptr<AbstractDriver> driver, std::vector<Statement> statements, Adapt adapt, Token&& token)
{
    static_assert(std::is_same_v<std::invoke_result_t<Adapt&>, T>);
    WithDriver<Adapt> keeping{driver, std::move(adapt)};
    return initiate<void(std::exception_ptr)>(std::move(driver), StartAllOnDriver{}, std::move(keeping),
                                              std::forward<Token>(token), std::move(statements));
}
/// The driver must live until the operation has completed.
template <class T, class Adapt, class Token>
auto async_all_as(AbstractDriver* driver, std::vector<Statement> statements, Adapt adapt, Token&& token)
{
    static_assert(std::is_same_v<std::invoke_result_t<Adapt&>, T>);
    return initiate<void(std::exception_ptr)>(driver, StartAllOnDriver{}, std::move(adapt), std::forward<Token>(token),
                                              std::move(statements));
}

}

template <class Token> auto AbstractDriver::async_execute(Statement statement, Token&& token)
{
    return detail::initiate<void(std::exception_ptr, Rows)>(this, detail::StartOnDriver{}, detail::Unchanged{},
                                                            std::forward<Token>(token), std::move(statement));
}

template <class Token> auto AbstractDriver::async_execute(Batch batch, Token&& token)
{
    return detail::initiate<void(std::exception_ptr, Rows)>(this, detail::StartOnDriver{}, detail::Unchanged{},
                                                            std::forward<Token>(token), std::move(batch));
}

template <class Token> auto AbstractDriver::async_execute_one(Statement statement, Token&& token)
{
    return detail::async_as<std::optional<Value>>(this, std::move(statement), &detail::first_value,
                                                  std::forward<Token>(token));
}

template <class Token>
auto AbstractDriver::async_sync_table(const TableSchema& table, SyncTableOptions options, Token&& token)
{
    return detail::initiate<void(std::exception_ptr, std::vector<std::string>)>(
        this,
        [](AbstractDriver* driver, const TableSchema* schema, SyncTableOptions chosen, detail::SyncedHandler handler) {
            detail::DriverAccess::sync_table(*driver, *schema, chosen, std::move(handler));
        },
        detail::Unchanged{}, std::forward<Token>(token), &table, options);
}

template <class Token> auto AbstractDriver::async_close(Token&& token)
{
    return detail::initiate<void(std::exception_ptr)>(
        this,
        [](AbstractDriver* driver, detail::DoneHandler handler) {
            detail::DriverAccess::close(*driver, std::move(handler));
        },
        detail::Unchanged{}, std::forward<Token>(token));
}

}

#endif
