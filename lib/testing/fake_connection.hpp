#pragma once

#include <asio/ip/tcp.hpp>
#include <asio/steady_timer.hpp>
#include <deque>
#include <lib/testing/dialogue.hpp>

namespace coodie::testing {

struct FakeClusterState;

/// One accepted connection: splits what comes into frames, sends pieces one after the other.
/// Threads: the cluster's only.
class FakeConnection : public std::enable_shared_from_this<FakeConnection>
{
public:
    FakeConnection(FakeClusterState& cluster, asio::ip::tcp::socket socket, Dialogue dialogue);

    void start() { read(); }
    void send(std::vector<Piece> pieces);
    void close_when_sent();
    void close();
    void reset();
    void freeze() { frozen_ = true; }
    /// Goes on where it stood when its node, or it, was frozen.
    void resume();
    bool is_open() const { return socket_.is_open(); }
    Dialogue& dialogue() { return dialogue_; }

private:
    bool reading_stops() const;
    bool writing_stops() const;
    void read();
    void take_frames();
    bool take_frame();
    void write();
    void write(Piece piece);

    FakeClusterState& cluster_;
    asio::ip::tcp::socket socket_;
    asio::steady_timer pause_;
    Dialogue dialogue_;
    std::vector<std::byte> in_;
    std::size_t taken_ = 0; ///< bytes of `in_` that are frames behind us
    std::deque<Piece> out_;
    bool reads_ = false;
    bool writes_ = false;
    bool ends_ = false; ///< once all is sent
    bool frozen_ = false;
};

}
