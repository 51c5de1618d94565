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

/// A listening socket of the cluster's node of this number; port 0: a free one. Gives the port, too.
int listen_at(std::size_t node, std::uint16_t& port)
{
    const int listener = checked(socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), "socket");
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK + static_cast<std::uint32_t>(node));
    address.sin_port = htons(port);
    socklen_t size = sizeof address;
    checked(bind(listener, reinterpret_cast<const sockaddr*>(&address), size), "bind");
    checked(listen(listener, 64), "listen");
    checked(getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size), "getsockname");
    port = ntohs(address.sin_port);
    return listener;
}

/// Answers all clients on one thread until its standard input ends: who started it has gone, or wants it gone.
class Responder
{
public:
    /// Prints the port of all nodes.
    explicit Responder(std::size_t nodes) : epoll_(checked(epoll_create1(0), "epoll_create1"))
    {
        std::uint16_t port = 0;
        for (std::size_t node = 0; node < nodes; ++node) {
            const int listener = listen_at(node, port);
            nodes_.emplace(listener, Answers(Place{node, nodes, port}));
            watch(EPOLL_CTL_ADD, listener, EPOLLIN);
        }
        watch(EPOLL_CTL_ADD, STDIN_FILENO, EPOLLIN);
        std::printf("%d\n", port);
        std::fflush(stdout);
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
        else if (const auto node = nodes_.find(event.data.fd); node != nodes_.end())
            accept_client(node->first, node->second);
        else
            serve(*connections_.at(event.data.fd), event.events);
    }

    void accept_client(int listener, Answers& answers)
    {
        const int client = accept4(listener, nullptr, nullptr, SOCK_NONBLOCK);
        if (client < 0)
            return;
        connections_[client] = std::make_unique<Connection>(client, answers);
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

    int epoll_;
    std::map<int, Answers> nodes_; ///< by their listening sockets
    bool running_ = true;
    std::map<int, std::unique_ptr<Connection>> connections_;
};

}
}

/// bench-responder [NODES]
int main(int count, char** words)
{
    bench::Responder(count > 1 ? std::strtoul(words[1], nullptr, 10) : 1).run();
}
