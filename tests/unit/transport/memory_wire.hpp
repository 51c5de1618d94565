#pragma once

#include "lib/transport/tls_engine.hpp"
#include "tests/tls/peer.hpp"
#include <algorithm>
#include <cstring>

/// A wire to a server's end in this process. It hands out and takes pieces of any size, and blocks when told.
class MemoryWire : public coodie::detail::TlsWire
{
public:
    using Transfer = coodie::detail::Transfer;
    using Transferred = coodie::detail::Transferred;

    explicit MemoryWire(tls::Peer& peer) : peer_{peer} {}

    Transferred receive(std::span<std::byte> room) noexcept override
    {
        ++receives;
        arriving += peer_.take_records();
        if (arriving.empty() && receive_failure)
            return {Transfer::failed, 0, receive_failure};
        if (arriving.empty())
            return {is_closed ? Transfer::closed : Transfer::would_block};
        const auto size = std::min({room.size(), arriving.size(), receive_piece});
        std::memcpy(room.data(), arriving.data(), size);
        arriving.erase(0, size);
        return {Transfer::done, size};
    }
    Transferred send(std::span<const std::byte> bytes) noexcept override
    {
        if (send_failure)
            return {Transfer::failed, 0, send_failure};
        if (send_room == 0)
            return {Transfer::would_block};
        const auto size = std::min({bytes.size(), send_piece, send_room});
        send_room -= size;
        sent.append(reinterpret_cast<const char*>(bytes.data()), size);
        peer_.feed({reinterpret_cast<const char*>(bytes.data()), size});
        return {Transfer::done, size};
    }

    std::string arriving; ///< at the client, before what the peer has written
    std::string sent;     ///< all that ever left the client
    std::size_t receive_piece = SIZE_MAX;
    std::size_t send_piece = SIZE_MAX;
    std::size_t send_room = SIZE_MAX; ///< before it blocks
    std::error_code receive_failure = {};
    std::error_code send_failure = {};
    bool is_closed = false;
    int receives = 0;

private:
    tls::Peer& peer_;
};

inline const tls::Authority& authority()
{
    static const tls::Authority made{"our authority"};
    return made;
}

inline tls::ServerOptions server(const tls::Wish& wish = {})
{
    return {.credential = authority().issue(wish)};
}

inline coodie::TlsOptions client()
{
    return {.ca_pem = authority().pem()};
}

/// Both ends of a connection.
struct Both
{
    Both(const coodie::TlsOptions& options, const tls::ServerOptions& server, const std::string& dialled = "localhost")
        : peer{server}, wire{peer}, engine{coodie::detail::TlsContext::make(options).value(), dialled, wire}
    {
    }

    /// Lets both ends do what they can; what the client's end came to.
    coodie::detail::Transferred shake_hands()
    {
        coodie::detail::Transferred came{};
        for (int round = 0; round < 20'000; ++round) {
            came = engine.handshake();
            arrived += peer.read();
            if (came.outcome != coodie::detail::Transfer::would_block)
                break;
        }
        arrived += peer.read();
        return came;
    }
    /// Sends all of it; what the last piece came to.
    coodie::detail::Transferred send(std::string_view bytes)
    {
        coodie::detail::Transferred came{};
        auto left = std::as_bytes(std::span{bytes});
        while (!left.empty()) {
            came = engine.send(left);
            if (came.outcome != coodie::detail::Transfer::done)
                break;
            left = left.subspan(came.size);
        }
        arrived += peer.read();
        return came;
    }
    /// Reads until nothing comes; what ended it.
    coodie::detail::Transferred receive(std::size_t room_size = 4'096)
    {
        std::string room(room_size, '\0');
        for (int idle = 0;;) {
            const auto came = engine.receive(std::as_writable_bytes(std::span{room}));
            if (came.outcome == coodie::detail::Transfer::done)
                received.append(room.data(), came.size);
            else if (came.outcome != coodie::detail::Transfer::would_block || (wire.arriving.empty() && ++idle > 1))
                return came;
        }
    }

    tls::Peer peer;
    MemoryWire wire;
    coodie::detail::TlsEngine engine;
    std::string arrived;  ///< at the server
    std::string received; ///< by the client
};
