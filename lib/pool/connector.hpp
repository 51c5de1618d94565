#pragma once

#include "lib/connection/connection.hpp"
#include <coodie/result.hpp>
#include <functional>

namespace coodie::detail {

/// Opens one connection. Everything happens inside turns of the loop.
/// Lifetime: the connection keeps it alive until it is done.
class Connector : public ConnectionOwner, public std::enable_shared_from_this<Connector>
{
public:
    using Done = std::function<void(Result<std::shared_ptr<Connection>>)>;

    /// `done` is called once, never before this returns; the options stay alive until then. A
    /// certificate must be for `server`. `from`: see Connection::open.
    static std::shared_ptr<Connector> start(LoopState& loop, const Connection::Endpoint& endpoint,
                                            const ContactPoint& server, const ConnectionOptions& options, Done done,
                                            const std::optional<LocalPorts>& from = {});
    explicit Connector(Done done) : done_{std::move(done)} {}
    /// It ends with this error now, unless it has ended.
    void abandon(const Error& error);

    void opened(const Error& error) noexcept override;
    void lost(const Error&) noexcept override {}

private:
    void finish(Result<std::shared_ptr<Connection>> outcome);

    Done done_;
    std::weak_ptr<Connection> connection_;
};

}
