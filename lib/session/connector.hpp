#pragma once

#include "lib/session/settings.hpp"
#include <functional>

namespace coodie::detail {

/// Tries hosts in order until one of them gives a connection that can be used. One attempt is all of a host's
/// addresses, each within a connect_timeout, none begun after three. Everything happens inside turns of the loop.
/// Lifetime: what it waits for keeps it alive until it has answered, so that a context that is destroyed frees it.
class Connector : public ConnectionOwner, public std::enable_shared_from_this<Connector>
{
public:
    struct Outcome
    {
        std::shared_ptr<Connection> connection; ///< null: no host could be used
        Error error;                            ///< the one that says most, with one attempt a host
    };

    Connector(LoopState& loop, const std::vector<ContactPoint>& hosts, const ConnectionOptions& options);
    ~Connector();
    /// `done` is called once; hosts and options stay alive until then.
    void start(std::function<void(Outcome)> done);
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

    void try_host();
    void resolve();
    void resolved(std::error_code ec, std::vector<Connection::Endpoint> endpoints);
    void try_endpoint();
    void failed(const Error& error);

    const std::shared_ptr<LoopState> keep_loop_;
    LoopState& loop_;
    const std::vector<ContactPoint>& hosts_;
    const ConnectionOptions& options_;
    std::function<void(Outcome)> done_;
    std::size_t host_ = 0;
    Clock::time_point last_begin_{}; ///< of another address of the host
    std::vector<Connection::Endpoint> endpoints_;
    std::size_t endpoint_ = 0;
    std::weak_ptr<Connection> connection_;
    std::vector<Attempt> attempts_;
    std::vector<Error> errors_;
    Resolver resolver_;
    Alarm alarm_;
};

}
