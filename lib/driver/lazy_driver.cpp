#include "lib/driver/lazy_driver_state.hpp"

namespace coodie {

LazyDriver::LazyDriver(InitOptions options)
{
    if (options.session)
        Error{errc::configuration, "LazyDriver: the session is connected already; give hosts"}.raise();
    if (const auto error = detail::check(options))
        error.raise();
    state_ = std::make_shared<State>(std::move(options));
}

LazyDriver::~LazyDriver()
{
    state_->close();
}

bool LazyDriver::is_connected() const noexcept
{
    return state_->connected() != nullptr;
}

Loop LazyDriver::do_loop() const
{
    return state_->loop();
}

void LazyDriver::do_execute(Statement statement, RowsHandler handler)
{
    state_->ask(std::move(statement), std::move(handler));
}

void LazyDriver::do_execute_batch(Batch batch, RowsHandler handler)
{
    state_->ask(std::move(batch), std::move(handler));
}

void LazyDriver::do_close(AnyHandler<void(std::exception_ptr)> handler)
{
    state_->close();
    if (auto* driver = state_->connected())
        detail::DriverAccess::close(*driver, std::move(handler));
    else
        handler.complete(state_->loop(), nullptr);
}

std::string LazyDriver::do_keyspace() const
{
    return state_->keyspace();
}

}
