#include <coodie/error.hpp>
#include <lib/testing/listener.hpp>

namespace coodie::testing {
namespace {

asio::ip::tcp::endpoint endpoint_of(const Inet& address, std::uint16_t port)
{
    return {asio::ip::make_address(address.to_string()), port};
}

}

std::unique_ptr<Listener> Listener::open(asio::io_context& context, const Inet& address, std::uint16_t port,
                                         Accepted accepted)
{
    const auto endpoint = endpoint_of(address, port);
    auto acceptor = std::make_shared<Acceptor>(context);
    asio::error_code error;
    acceptor->open(endpoint.protocol(), error);
    if (!error)
        acceptor->set_option(asio::socket_base::reuse_address{true}, error);
    if (!error)
        acceptor->bind(endpoint, error);
    if (!error)
        acceptor->listen(1024, error);
    if (error == asio::error::address_in_use)
        return nullptr;
    if (error)
        Error{errc::configuration, "FakeCluster: cannot listen on " + address.to_string() + " port " +
                                       std::to_string(port) + ": " + error.message()}
            .raise();
    accept(acceptor, std::make_shared<const Accepted>(std::move(accepted)));
    return std::unique_ptr<Listener>{new Listener{std::move(acceptor)}};
}

void Listener::accept(std::shared_ptr<Acceptor> acceptor, std::shared_ptr<const Accepted> accepted)
{
    auto& listening = *acceptor;
    listening.async_accept([acceptor, accepted](asio::error_code error, asio::ip::tcp::socket socket) {
        if (!error)
            (*accepted)(std::move(socket));
        if (acceptor->is_open())
            accept(acceptor, accepted);
    });
}

Listener::~Listener()
{
    asio::error_code ignored;
    acceptor_->close(ignored);
}

}
