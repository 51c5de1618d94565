#pragma once

#include "tests/tls/peer.hpp"
#include <atomic>
#include <mutex>
#include <thread>
#include <vector>

/// Speaks TLS with clients on a real socket, and hands what they say to a server that knows nothing of TLS.
class TlsFront
{
public:
    struct Options
    {
        tls::ServerOptions server;
        std::size_t piece = SIZE_MAX;  ///< the most bytes of one send to a client
        std::string says_instead = {}; ///< to whoever begins, without TLS; then the connection ends
        bool is_silent = false;        ///< takes what comes and never answers
        bool hangs_up = false;         ///< ends the connection at the first byte
        bool says_goodbye = true;      ///< close_notify before it ends a connection
    };

    /// `behind`: "127.0.0.1:port"
    TlsFront(const std::string& behind, Options options);
    ~TlsFront();
    TlsFront(const TlsFront&) = delete;
    TlsFront& operator=(const TlsFront&) = delete;

    std::string host(const std::string& name = "127.0.0.1") const { return name + ':' + std::to_string(port_); }
    int secured() const { return secured_; } ///< connections whose handshake was done
    int connections() const { return connections_; }
    void end_all();
    /// From now on connections are answered so.
    void change(const tls::ServerOptions& server);

    // Of the last connection
    std::string asked_name() const { return locked(asked_name_); }
    std::string client_name() const { return locked(client_name_); }
    std::string version() const { return locked(version_); }
    /// Every byte that ever came, as it came.
    std::string raw() const { return locked(raw_); }

private:
    class Link;

    void accept_all();
    std::string locked(const std::string& text) const
    {
        const std::lock_guard lock{mutex_};
        return text;
    }

    int behind_ = 0;
    int port_ = 0;
    int listener_ = -1;
    std::atomic<int> secured_{0};
    std::atomic<int> connections_{0};
    mutable std::mutex mutex_;
    Options options_;
    std::string asked_name_, client_name_, version_, raw_;
    std::vector<std::pair<int, std::thread>> links_;
    std::thread acceptor_;
};
