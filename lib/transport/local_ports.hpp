#pragma once

#include <asio/ip/tcp.hpp>
#include <optional>

namespace coodie::detail {

/// Local ports of one remainder. A Scylla node's shard-aware port gives a connection to the shard that is the
/// remainder of its client's port by the number of shards.
class LocalPorts
{
public:
    /// `random` decides with which of them it begins.
    LocalPorts(std::uint16_t remainder, std::uint16_t divisor, std::uint32_t random) noexcept;

    /// None twice; nothing: there are no more.
    std::optional<std::uint16_t> next() noexcept;

private:
    std::uint32_t first_;
    std::uint32_t step_;
    std::uint32_t count_;
    std::uint32_t at_;
    std::uint32_t left_;
};

/// Opens the socket and binds it to the first of these ports that nobody has. Errors: it stays closed, and may be
/// connected from any port.
std::error_code bind_to_one(asio::ip::tcp::socket& socket, const asio::ip::tcp& protocol, LocalPorts ports);

}
