#include "lib/pool/connector.hpp"

namespace coodie::detail {

std::shared_ptr<Connector> Connector::start(LoopState& loop, const Connection::Endpoint& endpoint,
                                            const ContactPoint& server, const ConnectionOptions& options, Done done,
                                            const std::optional<LocalPorts>& from)
{
    const auto connector = std::make_shared<Connector>(std::move(done));
    const auto connection = std::make_shared<Connection>(loop, options, server);
    connector->connection_ = connection;
    connection->open(endpoint, connector, from);
    return connector;
}

void Connector::abandon(const Error& error)
{
    if (!done_)
        return;
    if (const auto connection = connection_.lock())
        connection->close(error);
    finish(error);
}

void Connector::opened(const Error& error) noexcept
{
    if (!done_)
        return;
    if (error)
        finish(error);
    else
        finish(connection_.lock());
}

void Connector::finish(Result<std::shared_ptr<Connection>> outcome)
{
    const auto self = shared_from_this();
    std::exchange(done_, nullptr)(std::move(outcome));
}

}
