#include "raw_client.hpp"

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace coodie;
using namespace coodie::protocol;

namespace {

sockaddr_in endpoint_of(const std::string& point)
{
    const auto colon = point.rfind(':');
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(std::stoi(point.substr(colon + 1))));
    REQUIRE(::inet_pton(AF_INET, point.substr(0, colon).c_str(), &address.sin_addr) == 1);
    return address;
}

}

RawClient::RawClient(const std::string& point, std::uint16_t source_port)
{
    const auto here = endpoint_of("127.0.0.1:" + std::to_string(source_port));
    const auto there = endpoint_of(point);
    socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    REQUIRE(::bind(socket_, reinterpret_cast<const sockaddr*>(&here), sizeof here) == 0);
    REQUIRE(::connect(socket_, reinterpret_cast<const sockaddr*>(&there), sizeof there) == 0);
}

RawClient::~RawClient()
{
    ::close(socket_);
}

void RawClient::send(const Bytes& bytes)
{
    REQUIRE(::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(bytes.size()));
}

void RawClient::start(StringMap more)
{
    Startup startup;
    startup.options.insert(startup.options.end(), more.begin(), more.end());
    ask(startup);
    REQUIRE(parse_header(std::span<const std::byte>{frame()}.first<header_size>()).opcode == Opcode::ready);
}

RawClient::Bytes RawClient::frame()
{
    auto bytes = read(header_size);
    REQUIRE(bytes.size() == header_size);
    const auto length = parse_header(std::span<const std::byte>{bytes}.first<header_size>()).length;
    const auto body = read(static_cast<std::size_t>(length));
    REQUIRE(body.size() == static_cast<std::size_t>(length));
    bytes.insert(bytes.end(), body.begin(), body.end());
    return bytes;
}

RawClient::Bytes RawClient::read(std::size_t size, std::chrono::milliseconds timeout)
{
    Bytes bytes(size);
    std::size_t got = 0;
    while (got != size) {
        pollfd waiting{socket_, POLLIN, 0};
        if (::poll(&waiting, 1, static_cast<int>(timeout.count())) != 1)
            break;
        const auto n = ::recv(socket_, bytes.data() + got, size - got, 0);
        if (n <= 0)
            break;
        got += static_cast<std::size_t>(n);
    }
    bytes.resize(got);
    return bytes;
}

bool RawClient::is_silent(std::chrono::milliseconds during)
{
    pollfd waiting{socket_, POLLIN, 0};
    return ::poll(&waiting, 1, static_cast<int>(during.count())) == 0;
}

RawClient::End RawClient::end()
{
    if (is_silent(std::chrono::seconds{5}))
        return End::open;
    std::byte byte;
    const auto n = ::recv(socket_, &byte, 1, 0);
    if (n > 0)
        return End::open;
    return n == 0 ? End::closed : End::reset;
}

Heard::Heard(RawClient::Bytes frame)
    : bytes{std::move(frame)}, header{parse_header(std::span<const std::byte>{bytes}.first<header_size>())},
      response{decode_response(header, std::span<const std::byte>{bytes}.subspan(header_size)).value()}
{
}

errc Heard::error() const
{
    return as<ErrorResponse>().as_error().code();
}
