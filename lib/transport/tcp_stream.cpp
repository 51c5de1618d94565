#include "lib/transport/tcp_stream.hpp"

#include <array>
#include <cerrno>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/uio.h>

namespace coodie::detail {

namespace {

Transferred outcome_of(ssize_t size) noexcept
{
    if (size > 0)
        return {Transfer::done, static_cast<std::size_t>(size)};
    if (size == 0)
        return {Transfer::closed};
    if (errno == EAGAIN || errno == EWOULDBLOCK)
        return {Transfer::would_block};
    return {Transfer::failed, 0, std::error_code{errno, std::system_category()}};
}

}

std::error_code TcpStream::prepare()
{
    std::error_code ec;
    socket_.set_option(asio::ip::tcp::no_delay{true}, ec);
    if (!ec)
        socket_.set_option(asio::socket_base::keep_alive{true}, ec);
    if (!ec)
        socket_.non_blocking(true, ec);
    return ec;
}

Transferred TcpStream::receive(std::span<std::byte> room) noexcept
{
    ssize_t size = 0;
    do
        size = ::recv(socket_.native_handle(), room.data(), room.size(), 0);
    while (size < 0 && errno == EINTR);
    return outcome_of(size);
}

Transferred TcpStream::send(std::span<const std::byte> bytes) noexcept
{
    ssize_t size = 0;
    do
        size = ::send(socket_.native_handle(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    while (size < 0 && errno == EINTR);
    return outcome_of(size);
}

Transferred TcpStream::send(std::span<const std::span<const std::byte>> pieces) noexcept
{
    std::array<iovec, most_pieces> parts;
    for (std::size_t i = 0; i < pieces.size(); ++i)
        parts[i] = {const_cast<std::byte*>(pieces[i].data()), pieces[i].size()};
    msghdr message{};
    message.msg_iov = parts.data();
    message.msg_iovlen = pieces.size();
    ssize_t size = 0;
    do
        size = ::sendmsg(socket_.native_handle(), &message, MSG_NOSIGNAL);
    while (size < 0 && errno == EINTR);
    return outcome_of(size);
}

std::size_t TcpStream::unacknowledged() noexcept
{
    int size = 0;
    return ::ioctl(socket_.native_handle(), TIOCOUTQ, &size) == 0 ? static_cast<std::size_t>(size) : 0;
}

void TcpStream::close() noexcept
{
    std::error_code ignored;
    socket_.close(ignored);
}

}
