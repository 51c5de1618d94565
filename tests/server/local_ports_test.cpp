#include "lib/transport/local_ports.hpp"

#include <doctest/doctest.h>
#include <set>

using namespace coodie::detail;

TEST_CASE("where a local port is taken the next of its remainder is bound")
{
    asio::io_context context;
    const auto protocol = asio::ip::tcp::v4();
    const LocalPorts ports{5, 4096, 0}; // four of them
    std::set<std::uint16_t> bound;
    std::vector<asio::ip::tcp::socket> sockets;
    for (int n = 0; n < 5; ++n) {
        auto& socket = sockets.emplace_back(context);
        if (const auto problem = bind_to_one(socket, protocol, ports)) {
            CHECK(problem == asio::error::address_in_use);
            CHECK_FALSE(socket.is_open());
            continue;
        }
        const auto port = socket.local_endpoint().port();
        CHECK(port % 4096 == 5);
        CHECK(bound.insert(port).second);
    }
    CHECK(bound.size() >= 1);
    CHECK(bound.size() <= 4);
}
