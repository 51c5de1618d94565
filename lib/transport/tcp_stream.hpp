#pragma once

#include "lib/transport/transfer.hpp"
#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>
#include <span>

namespace coodie::detail {

/// A connected TCP socket: reads and writes never wait, waiting is apart.
class TcpStream
{
public:
    explicit TcpStream(asio::io_context& context) : socket_{context} {}

    asio::ip::tcp::socket& socket() noexcept { return socket_; }
    /// Once it is connected: no delay, no blocking.
    std::error_code prepare();

    Transferred receive(std::span<std::byte> room) noexcept;
    Transferred send(std::span<const std::byte> bytes) noexcept;
    /// All pieces at once, at most `most_pieces`.
    Transferred send(std::span<const std::span<const std::byte>> pieces) noexcept;
    static constexpr std::size_t most_pieces = 16;
    /// Bytes that were sent and that the peer's machine has not confirmed.
    std::size_t unacknowledged() noexcept;

    template <class Handler> void wait_readable(Handler&& handler)
    {
        socket_.async_wait(asio::ip::tcp::socket::wait_read, std::forward<Handler>(handler));
    }
    template <class Handler> void wait_writable(Handler&& handler)
    {
        socket_.async_wait(asio::ip::tcp::socket::wait_write, std::forward<Handler>(handler));
    }
    void close() noexcept;

private:
    asio::ip::tcp::socket socket_;
};

}
