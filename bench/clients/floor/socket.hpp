#pragma once

#include <arpa/inet.h>
#include <cstddef>
#include <cstdint>
#include <netinet/tcp.h>
#include <stdexcept>
#include <sys/socket.h>
#include <unistd.h>

namespace bench {

[[noreturn]] inline void fail(const char* what)
{
    throw std::runtime_error(what);
}

/// One blocking connection to the responder.
class Socket
{
public:
    explicit Socket(std::uint16_t port) : fd_(socket(AF_INET, SOCK_STREAM, 0))
    {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
            fail("connect");
        const int on = 1;
        setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    }
    ~Socket() { close(fd_); }
    Socket(const Socket&) = delete;
    Socket& operator=(const Socket&) = delete;

    void send_all(const std::byte* from, std::size_t size)
    {
        while (size != 0) {
            const auto n = send(fd_, from, size, MSG_NOSIGNAL);
            if (n <= 0)
                fail("send");
            from += n;
            size -= static_cast<std::size_t>(n);
        }
    }
    std::size_t receive(std::byte* to, std::size_t size)
    {
        const auto n = recv(fd_, to, size, 0);
        if (n <= 0)
            fail("recv");
        return static_cast<std::size_t>(n);
    }

private:
    int fd_;
};

}
