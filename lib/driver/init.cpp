#include <coodie/init.hpp>

#include "lib/base/block_on.hpp"
#include "lib/driver/make_driver.hpp"
#include "lib/driver/registry.hpp"
#include <coodie/cql_driver.hpp>
#include <coodie/lazy_driver.hpp>

namespace coodie {

namespace {

/// Puts a session behind a driver, and gives it to who waits for it.
struct Connected
{
    detail::DriverHandler handler;

    static void complete(Connected&& self, const Loop& loop, std::exception_ptr error, Session session)
    {
        if (error)
            return self.handler.complete(loop, error, nullptr);
        self.handler.complete(loop, nullptr, std::make_shared<CqlDriver>(std::move(session), SessionOwner::driver));
    }
    static bool on_cancel(Connected& self, Canceller canceller)
    {
        return self.handler.cancellable() && self.handler.on_cancel(std::move(canceller));
    }
};

/// The same for a session that stays its owner's.
struct KeyspaceChosen
{
    detail::DriverHandler handler;
    Session session;

    static void complete(KeyspaceChosen&& self, const Loop& loop, std::exception_ptr error)
    {
        if (error)
            return self.handler.complete(loop, error, nullptr);
        self.handler.complete(loop, nullptr, std::make_shared<CqlDriver>(std::move(self.session), SessionOwner::user));
    }
};

/// The driver is registered before who waits for it is told. The one that it replaces goes after that: it may be in
/// the very handler that waits.
struct Registering
{
    std::string name;
    bool make_default;
    detail::DriverHandler handler;

    static void complete(Registering&& self, const Loop& loop, std::exception_ptr error,
                         std::shared_ptr<AbstractDriver> driver)
    {
        const auto replaced = error ? nullptr : detail::replace_driver(std::move(self.name), driver, self.make_default);
        self.handler.complete(loop, error, std::move(driver));
    }
    static bool on_cancel(Registering& self, Canceller canceller)
    {
        return self.handler.cancellable() && self.handler.on_cancel(std::move(canceller));
    }
};

void wrap(InitOptions options, detail::DriverHandler handler)
{
    KeyspaceChosen chosen{std::move(handler), options.session};
    if (options.keyspace.empty() || options.keyspace == options.session.keyspace())
        return KeyspaceChosen::complete(std::move(chosen), options.session.loop(), nullptr);
    AnyHandler<void(std::exception_ptr)> then{std::in_place_type<KeyspaceChosen>, std::move(chosen)};
    detail::SessionAccess::set_keyspace(options.session, std::move(options.keyspace), std::move(then));
}

/// Connects, or puts a driver before the session that is given.
void connect_driver(InitOptions options, detail::DriverHandler handler)
{
    if (options.session)
        return wrap(std::move(options), std::move(handler));
    AnyHandler<void(std::exception_ptr, Session)> then{std::in_place_type<Connected>, Connected{std::move(handler)}};
    detail::SessionAccess::connect(detail::session_options(options), std::move(then));
}

}

void detail::make_driver(InitOptions options, DriverHandler handler)
{
    const auto loop = loop_behind(options);
    if (const auto error = check(options))
        return handler.complete(loop, error.as_exception(), nullptr);
    if (!options.lazy)
        return connect_driver(std::move(options), std::move(handler));
    handler.complete(loop, nullptr, std::make_shared<LazyDriver>(std::move(options)));
}

Loop detail::loop_behind(const InitOptions& options)
{
    if (options.session)
        return options.session.loop();
    return options.loops.empty() ? Loop{} : options.loops.front();
}

void detail::start_init(InitOptions options, DriverHandler handler)
{
    Registering registering{options.name, options.make_default, std::move(handler)};
    make_driver(std::move(options), DriverHandler{std::in_place_type<Registering>, std::move(registering)});
}

/// The driver that is replaced ends here, on the caller's thread, which may be one of its own.
std::shared_ptr<AbstractDriver> init_coodie(const InitOptions& options)
{
    auto driver = detail::block_on<std::shared_ptr<AbstractDriver>>(
        detail::loop_behind(options),
        [&](detail::DriverHandler handler) { detail::make_driver(options, std::move(handler)); });
    register_driver(options.name, driver, options.make_default);
    return driver;
}

}
