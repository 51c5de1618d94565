#include "lib/transport/local_ports.hpp"

#include <algorithm>

namespace coodie::detail {

namespace {

constexpr std::uint32_t first_dynamic = 49'152; // of those that IANA gives to nobody
constexpr std::uint32_t last_dynamic = 65'535;
constexpr std::uint32_t most_tries = 256;

}

LocalPorts::LocalPorts(std::uint16_t remainder, std::uint16_t divisor, std::uint32_t random) noexcept
    : first_{first_dynamic + (remainder + divisor - first_dynamic % divisor) % divisor}, step_{divisor},
      count_{first_ > last_dynamic ? 0 : (last_dynamic - first_) / step_ + 1}, at_{count_ == 0 ? 0 : random % count_},
      left_{std::min(count_, most_tries)}
{
}

std::optional<std::uint16_t> LocalPorts::next() noexcept
{
    if (left_ == 0)
        return std::nullopt;
    --left_;
    const auto port = first_ + step_ * at_;
    at_ = at_ + 1 == count_ ? 0 : at_ + 1;
    return static_cast<std::uint16_t>(port);
}

std::error_code bind_to_one(asio::ip::tcp::socket& socket, const asio::ip::tcp& protocol, LocalPorts ports)
{
    std::error_code problem;
    std::error_code ignored;
    socket.open(protocol, problem);
    while (!problem) {
        const auto port = ports.next();
        if (!port) {
            problem = asio::error::address_in_use;
            break;
        }
        socket.bind({protocol, *port}, problem);
        if (!problem)
            return {};
        if (problem == asio::error::address_in_use)
            problem.clear();
    }
    socket.close(ignored);
    return problem;
}

}
