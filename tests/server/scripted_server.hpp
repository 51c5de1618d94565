#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <protocol/prepared_result.hpp>
#include <protocol/response.hpp>
#include <string>
#include <thread>
#include <vector>

/// A server that answers as its script says: real sockets, a thread a connection, no state but what the rules hold.
/// What no rule speaks of is answered as a server without tables would: SUPPORTED, READY, a prepared statement without
/// values, void.
class ScriptedServer
{
public:
    using Frame = std::vector<std::byte>;

    struct Request
    {
        coodie::protocol::FrameHeader header;
        Frame body;
        std::string text() const { return {reinterpret_cast<const char*>(body.data()), body.size()}; }
    };

    struct Reply
    {
        enum class Kind : std::uint8_t
        {
            frame,   ///< `bytes` with the request's stream in them
            raw,     ///< `bytes` as they stand
            silence, ///< nothing, for ever
            hold,    ///< as frame, once `release` was called
            drip,    ///< `bytes` as they stand, one every few milliseconds
            hang_up, ///< the connection ends
        };
        Kind kind = Kind::frame;
        Frame bytes = {};
    };

    /// The first rule that fits and has uses left decides.
    struct Rule
    {
        coodie::protocol::Opcode opcode;
        std::string contains; ///< in the body
        std::vector<Reply> replies;
        int uses = -1; ///< below 0: without end
    };

    explicit ScriptedServer(std::vector<Rule> rules = {});
    ~ScriptedServer();
    ScriptedServer(const ScriptedServer&) = delete;
    ScriptedServer& operator=(const ScriptedServer&) = delete;

    std::string host() const { return "127.0.0.1:" + std::to_string(port_); }
    void add(Rule rule);
    /// Sends what was held, late, and holds nothing any more.
    void release();
    void hang_up_all();
    /// How many requests of this kind came, with this text in the body.
    int count(coodie::protocol::Opcode opcode, std::string_view contains = {}) const;
    /// Waits until that many came.
    void await(coodie::protocol::Opcode opcode, int times, std::string_view contains = {}) const;
    int connections() const { return connections_; }

private:
    struct Peer
    {
        int socket;
        std::thread thread;
    };
    void accept_all();
    void serve(int socket);
    bool answer(int socket, const Request& request);
    std::vector<Reply> replies_to(const Request& request);

    int listener_ = -1;
    int port_ = 0;
    std::atomic<int> connections_{0};
    mutable std::mutex mutex_;
    mutable std::condition_variable changed_;
    std::vector<Rule> rules_;
    std::vector<Request> seen_;
    std::vector<std::pair<int, Frame>> held_;
    bool holds_ = true;
    std::vector<Peer> peers_;
    std::thread acceptor_;
};

/// A reply of one message.
template <class Message> ScriptedServer::Reply reply(const Message& message)
{
    return {ScriptedServer::Reply::Kind::frame, coodie::protocol::frame_of(message, 0)};
}
ScriptedServer::Reply raw(std::string_view bytes);
ScriptedServer::Reply body(coodie::protocol::Opcode opcode, std::string_view bytes, std::uint8_t flags = 0);
ScriptedServer::Reply error_reply(std::int32_t code, std::string_view message, coodie::ServerFields fields = {});
ScriptedServer::Reply void_reply();
ScriptedServer::Reply unprepared(std::string_view id);
/// ks.t.n, an int.
inline const std::vector<coodie::ColumnSpec> one_int{{"ks", "t", "n", coodie::DataType{coodie::TypeId::int_}}};
/// A statement of these bind columns, with an id.
ScriptedServer::Reply prepared_reply(std::string_view id, std::vector<coodie::ColumnSpec> bind_columns = {});
/// One row of one text cell.
ScriptedServer::Reply row_reply(std::string_view cell);
inline ScriptedServer::Reply silence()
{
    return {ScriptedServer::Reply::Kind::silence};
}
inline ScriptedServer::Reply hang_up()
{
    return {ScriptedServer::Reply::Kind::hang_up};
}
inline ScriptedServer::Reply hold(ScriptedServer::Reply reply)
{
    reply.kind = ScriptedServer::Reply::Kind::hold;
    return reply;
}
