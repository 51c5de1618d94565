#pragma once

#include "lib/transport/tcp_stream.hpp"
#include "lib/transport/tls_engine.hpp"
#include <asio/post.hpp>

namespace coodie::detail {

/// What a connection reads, writes and waits on: a TCP socket, and TLS on it once `secure` was called.
class Stream
{
public:
    explicit Stream(asio::io_context& context) : tcp_{context} {}

    asio::ip::tcp::socket& socket() noexcept { return tcp_.socket(); }
    std::error_code prepare() { return tcp_.prepare(); }
    /// From now on everything goes through TLS; before the first byte. `dialled`: see TlsEngine.
    void secure(std::shared_ptr<const TlsContext> context, const std::string& dialled);

    /// Only after `secure`: until it is done nothing is received or sent.
    Transferred handshake() noexcept { return tls_->engine.handshake(); }
    Transferred receive(std::span<std::byte> room) noexcept
    {
        return tls_ ? tls_->engine.receive(room) : tcp_.receive(room);
    }
    Transferred send(std::span<const std::byte> bytes) noexcept
    {
        return tls_ ? tls_->engine.send(bytes) : tcp_.send(bytes);
    }
    Transferred send(std::span<const std::span<const std::byte>> pieces) noexcept
    {
        return tls_ ? tls_->engine.send(pieces) : tcp_.send(pieces);
    }
    static constexpr std::size_t most_pieces = TcpStream::most_pieces;
    std::size_t unacknowledged() noexcept { return tcp_.unacknowledged(); }
    /// Why something failed or was closed, if TLS knows.
    Error error() const { return tls_ ? tls_->engine.error() : Error{}; }

    /// Until `receive` or `handshake` is worth another try.
    template <class Handler> void wait_readable(Handler&& handler)
    {
        wait(tls_ ? tls_->engine.read_needs() : Needs::readable, std::forward<Handler>(handler));
    }
    /// Until `send` is.
    template <class Handler> void wait_writable(Handler&& handler)
    {
        wait(tls_ ? tls_->engine.write_needs() : Needs::writable, std::forward<Handler>(handler));
    }
    void close() noexcept;

private:
    using Needs = TlsEngine::Needs;

    struct TcpWire final : TlsWire
    {
        explicit TcpWire(TcpStream& stream) : tcp{stream} {}
        Transferred receive(std::span<std::byte> room) noexcept override { return tcp.receive(room); }
        Transferred send(std::span<const std::byte> bytes) noexcept override { return tcp.send(bytes); }
        TcpStream& tcp;
    };
    struct Tls
    {
        Tls(TcpStream& tcp, std::shared_ptr<const TlsContext> context, const std::string& dialled)
            : wire{tcp}, engine{std::move(context), dialled, wire}
        {
        }
        TcpWire wire;
        TlsEngine engine;
    };

    template <class Handler> void wait(Needs needs, Handler&& handler)
    {
        switch (needs) {
        case Needs::readable: return tcp_.wait_readable(std::forward<Handler>(handler));
        case Needs::writable: return tcp_.wait_writable(std::forward<Handler>(handler));
        case Needs::nothing: break;
        }
        // What TLS holds already makes no socket readable.
        asio::post(tcp_.socket().get_executor(),
                   [handler = std::forward<Handler>(handler)]() mutable { handler(std::error_code{}); });
    }

    TcpStream tcp_;
    std::unique_ptr<Tls> tls_;
};

}
