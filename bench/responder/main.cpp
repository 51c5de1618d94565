#include "connection.hpp"

#include <arpa/inet.h>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <memory>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace bench {
namespace {

int checked(int result, const char* what)
{
    if (result >= 0)
        return result;
    std::perror(what);
    std::exit(1);
}

/// A listening socket on a free port of the loopback; prints the port.
int listen_on_loopback()
{
    const int listener = checked(socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), "socket");
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    checked(bind(listener, reinterpret_cast<const sockaddr*>(&address), size), "bind");
    checked(listen(listener, 64), "listen");
    checked(getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size), "getsockname");
    std::printf("%d\n", ntohs(address.sin_port));
    std::fflush(stdout);
    return listener;
}

/// Answers all clients on one thread until its standard input ends: who started it has gone, or wants it gone.
class Responder
{
public:
    Responder() : epoll_(checked(epoll_create1(0), "epoll_create1")), listener_(listen_on_loopback())
    {
        watch(EPOLL_CTL_ADD, listener_, EPOLLIN);
        watch(EPOLL_CTL_ADD, STDIN_FILENO, EPOLLIN);
    }

    void run()
    {
        epoll_event events[16];
        while (running_) {
            const int n = epoll_wait(epoll_, events, 16, -1);
            for (int i = 0; i < n; ++i)
                on_event(events[i]);
        }
    }

private:
    void watch(int operation, int fd, std::uint32_t events)
    {
        epoll_event event{.events = events, .data = {.fd = fd}};
        checked(epoll_ctl(epoll_, operation, fd, &event), "epoll_ctl");
    }

    void on_event(const epoll_event& event)
    {
        if (event.data.fd == STDIN_FILENO)
            running_ = false;
        else if (event.data.fd == listener_)
            accept_client();
        else
            serve(*connections_.at(event.data.fd), event.events);
    }

    void accept_client()
    {
        const int client = accept4(listener_, nullptr, nullptr, SOCK_NONBLOCK);
        if (client < 0)
            return;
        connections_[client] = std::make_unique<Connection>(client, answers_);
        watch(EPOLL_CTL_ADD, client, EPOLLIN);
    }

    void serve(Connection& connection, std::uint32_t events)
    {
        const bool was_blocked = connection.blocked();
        const bool alive = was_blocked && (events & EPOLLOUT) != 0 ? connection.writable() : connection.readable();
        if (!alive)
            connections_.erase(connection.socket());
        else if (connection.blocked() != was_blocked)
            watch(EPOLL_CTL_MOD, connection.socket(), connection.blocked() ? EPOLLIN | EPOLLOUT : EPOLLIN);
    }

    Answers answers_;
    int epoll_;
    int listener_;
    bool running_ = true;
    std::map<int, std::unique_ptr<Connection>> connections_;
};

}
}

int main()
{
    bench::Responder().run();
}
