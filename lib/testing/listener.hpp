#pragma once

#include <asio/ip/tcp.hpp>
#include <coodie/inet.hpp>
#include <functional>

namespace coodie::testing {

/// Accepts the connections of one port until it is destroyed.
class Listener
{
public:
    using Accepted = std::function<void(asio::ip::tcp::socket)>;

    /// Gives null when the address is taken. Port 0: any that is free. Errors: ConfigurationError otherwise.
    static std::unique_ptr<Listener> open(asio::io_context& context, const Inet& address, std::uint16_t port,
                                          Accepted accepted);
    std::uint16_t port() const { return acceptor_->local_endpoint().port(); }
    ~Listener();
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;

private:
    using Acceptor = asio::ip::tcp::acceptor;
    Listener(std::shared_ptr<Acceptor> acceptor) : acceptor_{std::move(acceptor)} {}
    static void accept(std::shared_ptr<Acceptor> acceptor, std::shared_ptr<const Accepted> accepted);

    std::shared_ptr<Acceptor> acceptor_;
};

}
