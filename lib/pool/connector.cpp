#include "lib/pool/connector.hpp"

namespace coodie::detail {

Connector::Connector(LoopState& loop, ContactPoint server, const ConnectionOptions& options)
    : keep_loop_{loop.shared_from_this()}, loop_{loop}, server_{std::move(server)}, options_{options},
      resolver_{loop.context()}
{
    alarm_.connector = this;
    alarm_.expire = [](Deadline& alarm) noexcept {
        auto& self = *static_cast<Alarm&>(alarm).connector;
        self.abandon({errc::request_timeout, self.server_.to_string() + ": the name was not resolved in time"});
    };
}

Connector::~Connector()
{
    if (alarm_.is_linked())
        loop_.unlink(alarm_);
}

void Connector::start(Done done)
{
    done_ = std::move(done);
    last_begin_ = loop_.now() + 3 * bounded(options_.connect_timeout);
    std::error_code no_address;
    const auto address = asio::ip::make_address(server_.name, no_address);
    if (no_address)
        return resolve();
    endpoints_ = {Connection::Endpoint{address, server_.port}};
    try_endpoint();
}

void Connector::abandon(const Error& error)
{
    if (!done_)
        return;
    resolver_.cancel();
    if (const auto connection = connection_.lock())
        connection->close(error);
    finish(error);
}

void Connector::resolve()
{
    loop_.link(alarm_, loop_.after(options_.connect_timeout));
    resolver_.async_resolve(server_.name, std::to_string(server_.port), Resolver::numeric_service,
                            [self = shared_from_this()](std::error_code ec, Resolver::results_type found) {
                                const Turn turn{self->loop_};
                                std::vector<Connection::Endpoint> endpoints;
                                for (const auto& entry : found)
                                    endpoints.push_back(entry.endpoint());
                                if (self->done_)
                                    self->resolved(ec, std::move(endpoints));
                            });
}

void Connector::resolved(std::error_code ec, std::vector<Connection::Endpoint> endpoints)
{
    loop_.unlink(alarm_);
    if (ec || endpoints.empty())
        return finish(Error{errc::connection_lost, server_.to_string() + ": the name cannot be resolved: " +
                                                       (ec ? ec.message() : "it has no address")});
    endpoints_ = std::move(endpoints);
    try_endpoint();
}

void Connector::try_endpoint()
{
    const auto connection = std::make_shared<Connection>(loop_, options_, server_);
    connection_ = connection;
    connection->open(endpoints_[endpoint_], shared_from_this());
}

void Connector::opened(const Error& error) noexcept
{
    if (!done_)
        return;
    if (!error)
        return finish(connection_.lock());
    connection_.reset();
    if (++endpoint_ < endpoints_.size() && loop_.now() < last_begin_)
        return try_endpoint();
    finish(error);
}

void Connector::finish(Result<std::shared_ptr<Connection>> outcome)
{
    const auto self = shared_from_this();
    if (alarm_.is_linked())
        loop_.unlink(alarm_);
    if (const auto done = std::exchange(done_, nullptr))
        done(std::move(outcome));
}

}
