#pragma once

#include "lib/base/loop_state.hpp"
#include "lib/connection/connection_core.hpp"
#include "lib/connection/connection_meter.hpp"
#include "lib/connection/handshake.hpp"
#include "lib/connection/silence.hpp"
#include "lib/transport/contact_point.hpp"
#include "lib/transport/local_ports.hpp"
#include "lib/transport/stream.hpp"
#include "lib/transport/tls_source.hpp"
#include <memory>
#include <protocol/response.hpp>

namespace coodie::detail {

struct ConnectionOptions
{
    HandshakeOptions handshake;
    CoreLimits limits;
    std::shared_ptr<TlsSource> tls = {}; ///< null: plain TCP
    std::chrono::milliseconds connect_timeout{5'000};
    std::chrono::milliseconds heartbeat_interval{30'000};
    std::chrono::milliseconds heartbeat_timeout{5'000};
    std::chrono::milliseconds silence_timeout{2'000}; ///< while answers are owed; 0: as long as it likes
    std::size_t max_orphans = 1'024;
    ConnectionMeter* meter = nullptr; ///< null: not counted
};

/// Who a connection tells what became of it; from inside a turn, once `opened`, then at most once `lost`.
class ConnectionOwner
{
public:
    /// Without an error it can be used from now on.
    virtual void opened(const Error& error) noexcept = 0;
    /// Told before those that wait for its answers; it takes no requests any more.
    virtual void lost(const Error& error) noexcept = 0;
    /// Too many of its streams were given up: it should be replaced. Once.
    virtual void worn() noexcept {}

    virtual ~ConnectionOwner() = default;
};

/// One connection to one endpoint: the shell around a ConnectionCore. Everything here happens inside turns of its loop.
/// Lifetime: pending waits keep it alive until `close`.
class Connection : public std::enable_shared_from_this<Connection>, private EndOfTurn
{
public:
    using Endpoint = asio::ip::tcp::endpoint;

    /// `server`: as the user or the cluster named it; a certificate must be for that name or address.
    Connection(LoopState& loop, const ConnectionOptions& options, ContactPoint server);
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    /// The owner lives as long as this does. `from`: the local ports to choose from; when all are taken, any will do.
    void open(const Endpoint& endpoint, std::shared_ptr<ConnectionOwner> owner,
              const std::optional<LocalPorts>& from = {});
    void hand_to(std::shared_ptr<ConnectionOwner> owner) noexcept { owner_ = std::move(owner); }
    /// Tells nobody: everything on its way is lost for this reason.
    void close(const Error& error) noexcept;

    /// Asks the server whether it is there, unless it was asked already: it has a heartbeat_timeout to answer.
    void probe();

    bool is_ready() const noexcept { return state_ == State::ready; }
    bool is_worn() const noexcept { return worn_; }
    /// "127.0.0.1:9042": stands in front of errors.
    const std::string& host() const noexcept { return host_; }
    ConnectionCore& core() noexcept { return core_; }
    /// What was agreed with the server beyond CQL; known once it is ready.
    const protocol::ScyllaOptions& scylla() const noexcept { return handshake_.scylla(); }
    /// By which its answers are read.
    protocol::ResponseContext response_context() const noexcept
    {
        return {.result = {.with_metadata_id = scylla().metadata_id}, .rate_limit_code = scylla().rate_limit_code};
    }
    /// What was begun in the core goes out when this turn ends, or now if there is much of it. Nobody loses anything
    /// before the turn ends.
    void submitted() noexcept
    {
        loop_.mark(*this);
        if (core_.output().size() > flush_size && !blocked_)
            send_early();
    }
    /// After an exchange was abandoned: with too many of them the connection is worn, from the end of the turn on.
    void check_orphans() noexcept;

private:
    enum class State : std::uint8_t
    {
        connecting,
        securing, ///< the TLS handshake
        handshaking,
        ready,
        closed,
    };
    struct HandshakeExchange : Exchange
    {
        Connection* connection;
    };
    struct Alarm : Deadline
    {
        Connection* connection;
    };
    static constexpr std::size_t flush_size = 32 * 1024;
    static constexpr int read_rounds = 4;

    void on_connected(std::error_code ec);
    void secure();
    void begin_handshake();
    Error on_handshake(const Answer& answer);
    Error take_step(Handshake::Step step);
    void finish_handshake();
    void send_handshake(Handshake::Send message);

    void arm_read();
    void on_readable(std::error_code ec);
    void read();
    bool deliver();
    void note_progress(std::size_t before, std::size_t received) noexcept;
    bool has_too_many_orphans() const noexcept { return core_.orphans() > options_.max_orphans; }
    void end_turn() noexcept;
    void flush() noexcept;
    void send_early() noexcept;
    Transferred send_output() noexcept;
    Transferred send_pieces() noexcept;
    void arm_write();
    void fail(const Error& error) noexcept;
    void shut() noexcept;
    void lose_all(const Error& error) noexcept;
    Error broken(const Transferred& transferred) const;

    void arm(Alarm& alarm, Clock::time_point when) noexcept;
    void disarm(Alarm& alarm) noexcept;
    void on_connect_timeout() noexcept;
    void on_idle() noexcept;
    void send_heartbeat();
    void watch_silence() noexcept;
    void on_silence() noexcept;
    Silence::Signs signs_of_life() noexcept;
    bool owes_answers() const noexcept;

    const std::shared_ptr<LoopState> keep_loop_;
    LoopState& loop_;
    const ConnectionOptions& options_;
    const ContactPoint server_;
    const std::string host_ = server_.to_string();
    std::shared_ptr<ConnectionOwner> owner_;
    State state_ = State::connecting;
    bool blocked_ = false; ///< the socket takes nothing more for now
    bool worn_ = false;
    bool watched_ = false; ///< for silence; always, where that is not wanted
    Stream stream_;
    ConnectionCore core_;
    Handshake handshake_;
    HandshakeExchange handshake_exchange_;
    HandshakeExchange heartbeat_;
    Alarm connect_alarm_;
    Alarm idle_alarm_;
    Alarm silence_alarm_;
    Silence silence_;
    Clock::time_point last_heard_{}; ///< a whole frame, or much of a large one
};

}
