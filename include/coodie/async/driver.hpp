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

/// `driver` is kept until the statements have run.
template <class Token>
auto async_sync_table(std::shared_ptr<AbstractDriver> driver, const TableSchema& table, SyncTableOptions options,
                      Token&& token)
{
    return initiate<void(std::exception_ptr, std::vector<std::string>)>(
        std::move(driver),
        [](const std::shared_ptr<AbstractDriver>& on, const TableSchema* schema, SyncTableOptions chosen,
           SyncedHandler handler) { DriverAccess::sync_table(on, *schema, chosen, std::move(handler)); },
        Unchanged{}, std::forward<Token>(token), &table, options);
}

}

template <class Token> auto AbstractDriver::async_execute(Statement statement, Token&& token)
{
    return detail::initiate<void(std::exception_ptr, Rows)>(this, detail::StartOnDriver{}, detail::Unchanged{},
                                                            std::forward<Token>(token), std::move(statement));
}

template <class Token> auto AbstractDriver::async_execute(const Batch& batch, Token&& token)
{
    return detail::initiate<void(std::exception_ptr, Rows)>(this, detail::StartOnDriver{}, detail::Unchanged{},
                                                            std::forward<Token>(token), batch);
}

template <class Token> auto AbstractDriver::async_execute_one(Statement statement, Token&& token)
{
    return detail::async_as<std::optional<Value>>(this, std::move(statement), &detail::first_value,
                                                  std::forward<Token>(token));
}

template <class Token>
auto AbstractDriver::async_sync_table(const TableSchema& table, SyncTableOptions options, Token&& token)
{
    return detail::async_sync_table(detail::borrowed(*this), table, options, std::forward<Token>(token));
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
