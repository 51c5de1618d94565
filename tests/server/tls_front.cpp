#include "tls_front.hpp"

#include <array>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdexcept>
#include <sys/socket.h>
#include <unistd.h>

namespace {

sockaddr_in loopback(int port)
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

void at_once(int socket)
{
    const int on = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

/// Negative: nobody is there.
int connect_to(int port)
{
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const auto address = loopback(port);
    if (::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        ::close(socket);
        return -1;
    }
    at_once(socket);
    return socket;
}

bool send_all(int socket, std::string_view bytes, std::size_t piece = SIZE_MAX)
{
    while (!bytes.empty()) {
        const auto n = ::send(socket, bytes.data(), std::min(bytes.size(), piece), MSG_NOSIGNAL);
        if (n <= 0)
            return false;
        bytes.remove_prefix(static_cast<std::size_t>(n));
    }
    return true;
}

/// Empty: the end.
std::string receive(int socket)
{
    std::string bytes(64 * 1024, '\0');
    const auto n = ::recv(socket, bytes.data(), bytes.size(), 0);
    bytes.resize(n > 0 ? static_cast<std::size_t>(n) : 0);
    return bytes;
}

}

/// One client's connection and what belongs to it behind.
class TlsFront::Link
{
public:
    Link(TlsFront& front, int client, Options options)
        : front_{front}, client_{client}, options_{std::move(options)}, peer_{options_.server}
    {
    }
    ~Link()
    {
        if (behind_ >= 0)
            ::close(behind_);
    }
    void serve()
    {
        while (step()) {
        }
        if (options_.says_goodbye && peer_.is_secured())
            peer_.say_goodbye();
        send_records();
        ::shutdown(client_, SHUT_WR);
        while (!receive(client_).empty()) { // or a reset would overtake what was said last
        }
    }

private:
    bool step()
    {
        std::array waits{pollfd{client_, POLLIN, 0}, pollfd{behind_, POLLIN, 0}};
        if (::poll(waits.data(), behind_ < 0 ? 1 : 2, -1) < 0)
            return false;
        return (waits[0].revents == 0 || hear_client()) && (waits[1].revents == 0 || hear_behind());
    }
    bool hear_client()
    {
        const auto records = receive(client_);
        note(records);
        if (records.empty() || options_.hangs_up)
            return false;
        if (options_.is_silent)
            return true;
        if (!options_.says_instead.empty()) {
            send_all(client_, options_.says_instead, options_.piece);
            return false;
        }
        peer_.feed(records);
        const auto said = peer_.read();
        if (peer_.is_secured() && behind_ < 0 && !peer_.has_failed() && !secured())
            return false;
        return send_records() && !peer_.has_failed() && !peer_.was_dismissed() &&
               (said.empty() || send_all(behind_, said));
    }
    bool hear_behind()
    {
        const auto answer = receive(behind_);
        peer_.write(answer);
        return !answer.empty() && send_records();
    }
    bool send_records() { return send_all(client_, peer_.take_records(), options_.piece); }
    bool secured()
    {
        behind_ = connect_to(front_.behind_);
        const std::lock_guard lock{front_.mutex_};
        front_.client_name_ = peer_.client_name();
        front_.version_ = peer_.version();
        ++front_.secured_;
        return behind_ >= 0;
    }
    void note(const std::string& records)
    {
        const std::lock_guard lock{front_.mutex_};
        front_.raw_ += records;
        front_.asked_name_ = peer_.asked_name();
    }

    TlsFront& front_;
    int client_;
    int behind_ = -1;
    Options options_;
    tls::Peer peer_;
};

TlsFront::TlsFront(const std::string& behind, Options options)
    : behind_{std::stoi(behind.substr(behind.find(':') + 1))}, options_{std::move(options)}
{
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    auto address = loopback(0);
    socklen_t size = sizeof address;
    if (::bind(listener_, reinterpret_cast<sockaddr*>(&address), size) != 0 || ::listen(listener_, 64) != 0 ||
        ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) != 0)
        throw std::runtime_error{"the TLS front cannot listen"};
    port_ = ntohs(address.sin_port);
    acceptor_ = std::thread{[this] { accept_all(); }};
}

TlsFront::~TlsFront()
{
    ::shutdown(listener_, SHUT_RDWR);
    acceptor_.join();
    ::close(listener_);
    end_all();
    for (auto& [socket, thread] : links_) {
        thread.join();
        ::close(socket);
    }
}

void TlsFront::accept_all()
{
    for (;;) {
        const int socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        if (socket < 0)
            return;
        at_once(socket);
        const std::lock_guard lock{mutex_};
        ++connections_;
        links_.emplace_back(socket,
                            std::thread{[this, socket, options = options_] { Link{*this, socket, options}.serve(); }});
    }
}

void TlsFront::end_all()
{
    const std::lock_guard lock{mutex_};
    for (const auto& [socket, thread] : links_)
        ::shutdown(socket, SHUT_RD);
}

void TlsFront::change(const tls::ServerOptions& server)
{
    const std::lock_guard lock{mutex_};
    options_.server = server;
}
