#pragma once

#include "lib/connection/connection.hpp"
#include "lib/transport/contact_point.hpp"
#include <coodie/result.hpp>
#include <functional>

namespace coodie::detail {

/// Opens one connection to a server: tries the addresses of its name in order, each within a connect_timeout, none
/// begun after three. Everything happens inside turns of the loop.
/// Lifetime: what it waits for keeps it alive until it has answered, so that a context that is destroyed frees it.
class Connector : public ConnectionOwner, public std::enable_shared_from_this<Connector>
{
public:
    using Done = std::function<void(Result<std::shared_ptr<Connection>>)>;

    Connector(LoopState& loop, ContactPoint server, const ConnectionOptions& options);
    ~Connector();
    /// `done` is called once, never before this returns; the options stay alive until then.
    void start(Done done);
    /// It ends with this error now, unless it has ended.
    void abandon(const Error& error);

    void opened(const Error& error) noexcept override;
    void lost(const Error&) noexcept override {}

private:
    struct Alarm : Deadline
    {
        Connector* connector;
    };
    using Resolver = asio::ip::tcp::resolver;

    void resolve();
    void resolved(std::error_code ec, std::vector<Connection::Endpoint> endpoints);
    void try_endpoint();
    void finish(Result<std::shared_ptr<Connection>> outcome);

    const std::shared_ptr<LoopState> keep_loop_;
    LoopState& loop_;
    const ContactPoint server_;
    const ConnectionOptions& options_;
    Done done_;
    Clock::time_point last_begin_{}; ///< of another address
    std::vector<Connection::Endpoint> endpoints_;
    std::size_t endpoint_ = 0;
    std::weak_ptr<Connection> connection_;
    Resolver resolver_;
    Alarm alarm_;
};

}
