#include <coodie/init.hpp>

#include "lib/base/block_on.hpp"
#include "lib/driver/registry.hpp"
#include <coodie/cql_driver.hpp>

namespace coodie {

namespace {

template <class T, class U> void choose(T& target, const Choice<U>& chosen)
{
    if (chosen)
        target = *chosen;
}

SessionOptions session_options(const InitOptions& options)
{
    SessionOptions chosen;
    if (!options.hosts.empty())
        chosen.hosts = options.hosts;
    chosen.keyspace = options.keyspace;
    chosen.username = options.username;
    chosen.password = options.password;
    choose(chosen.tls, options.tls);
    chosen.application_name = options.application_name;
    chosen.loops = options.loops;
    choose(chosen.port, options.port);
    choose(chosen.compression, options.compression);
    choose(chosen.consistency, options.consistency);
    choose(chosen.serial_consistency, options.serial_consistency);
    choose(chosen.page_size, options.page_size);
    choose(chosen.connect_timeout, options.connect_timeout);
    choose(chosen.request_timeout, options.request_timeout);
    choose(chosen.heartbeat_interval, options.heartbeat_interval);
    choose(chosen.heartbeat_timeout, options.heartbeat_timeout);
    choose(chosen.silence_timeout, options.silence_timeout);
    choose(chosen.max_in_flight, options.max_in_flight);
    choose(chosen.max_queued, options.max_queued);
    choose(chosen.max_orphans, options.max_orphans);
    choose(chosen.prepared_cache_capacity, options.prepared_cache_capacity);
    choose(chosen.max_frame, options.max_frame);
    choose(chosen.threads, options.threads);
    return chosen;
}

/// The first option that says how to connect; a session is connected already.
const char* connecting_option(const InitOptions& options)
{
    struct Option
    {
        const char* name;
        bool set;
    };
    const Option all[] = {{"hosts", !options.hosts.empty()},
                          {"port", options.port.has_value()},
                          {"username", !options.username.empty()},
                          {"password", !options.password.empty()},
                          {"tls", options.tls.has_value()},
                          {"application_name", !options.application_name.empty()},
                          {"compression", options.compression.has_value()},
                          {"consistency", options.consistency.has_value()},
                          {"serial_consistency", options.serial_consistency.has_value()},
                          {"page_size", options.page_size.has_value()},
                          {"connect_timeout", options.connect_timeout.has_value()},
                          {"request_timeout", options.request_timeout.has_value()},
                          {"heartbeat_interval", options.heartbeat_interval.has_value()},
                          {"heartbeat_timeout", options.heartbeat_timeout.has_value()},
                          {"silence_timeout", options.silence_timeout.has_value()},
                          {"max_in_flight", options.max_in_flight.has_value()},
                          {"max_queued", options.max_queued.has_value()},
                          {"max_orphans", options.max_orphans.has_value()},
                          {"prepared_cache_capacity", options.prepared_cache_capacity.has_value()},
                          {"max_frame", options.max_frame.has_value()},
                          {"threads", options.threads.has_value()},
                          {"loops", !options.loops.empty()}};
    for (const auto& option : all)
        if (option.set)
            return option.name;
    return nullptr;
}

Error refusal(std::string sentence)
{
    return {errc::configuration, "init_coodie: " + std::move(sentence)};
}

Error check_session(const InitOptions& options)
{
    if (const auto* option = connecting_option(options))
        return refusal(std::string{"session and "} + option + " are both given; a session is connected already");
    const auto used = options.session.keyspace();
    if (!options.keyspace.empty() && !used.empty() && options.keyspace != used)
        return refusal("keyspace is '" + options.keyspace + "', but session uses '" + used + "'; give one of them");
    return {};
}

Error check(const InitOptions& options)
{
    if (options.name.empty())
        return refusal("name is empty; the registry needs one");
    if (options.session)
        return check_session(options);
    if (options.threads && !options.loops.empty())
        return refusal("threads and loops are both given; on loops of yours the library makes no threads");
    if (options.username.empty() && !options.password.empty())
        return refusal("password is given, but username is not");
    return {};
}

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

void make_driver(InitOptions options, detail::DriverHandler handler)
{
    if (const auto error = check(options))
        return handler.complete(detail::loop_behind(options), error.as_exception(), nullptr);
    if (options.session)
        return wrap(std::move(options), std::move(handler));
    AnyHandler<void(std::exception_ptr, Session)> then{std::in_place_type<Connected>, Connected{std::move(handler)}};
    detail::SessionAccess::connect(session_options(options), std::move(then));
}

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
        detail::loop_behind(options), [&](detail::DriverHandler handler) { make_driver(options, std::move(handler)); });
    register_driver(options.name, driver, options.make_default);
    return driver;
}

}
