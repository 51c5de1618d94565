#include "lib/connection/connection.hpp"

#include <array>

// The half of a connection that moves bytes.

namespace coodie::detail {

void Connection::arm_read()
{
    stream_.wait_readable([self = shared_from_this()](std::error_code ec) { self->on_readable(ec); });
}

void Connection::on_readable(std::error_code ec)
{
    const Turn turn{loop_};
    if (state_ == State::closed)
        return;
    if (ec)
        return fail({errc::connection_lost, "waiting for the server failed: " + ec.message()});
    read();
    if (state_ != State::closed)
        arm_read();
}

/// A few rounds at most, so that other connections of the loop get their turn.
void Connection::read()
{
    for (int round = 0; round < read_rounds; ++round) {
        const auto room = core_.input_room();
        if (room.empty()) [[unlikely]]
            return fail({errc::connection_lost, "there is no memory left for the server's answer"});
        const auto transferred = stream_.receive(room);
        if (transferred.outcome == Transfer::would_block)
            return;
        if (transferred.outcome != Transfer::done)
            return fail(broken(transferred));
        const auto before = core_.unread();
        core_.received(transferred.size);
        if (!deliver())
            return;
        note_progress(before, transferred.size);
        if (transferred.size < room.size())
            return;
    }
}

/// The server is there if a frame is whole, or a large one grew by a piece: single bytes, however many, say nothing.
void Connection::note_progress(std::size_t before, std::size_t received) noexcept
{
    constexpr std::size_t piece = 64 * 1024;
    const auto unread = core_.unread();
    if (unread != before + received || unread / piece != before / piece)
        last_heard_ = loop_.now();
}

/// False: the connection is closed.
bool Connection::deliver()
{
    Answer answer;
    while (auto* exchange = core_.next(answer)) {
        if (answer.failure) [[unlikely]] {
            exchange->lost(*exchange, answer.failure);
            break;
        }
        if (auto error = exchange->answered(*exchange, answer)) [[unlikely]] {
            fail(error);
            return false;
        }
        if (state_ == State::closed) [[unlikely]]
            return false;
    }
    if (core_.error()) [[unlikely]]
        fail(core_.error());
    return state_ != State::closed;
}

Error Connection::broken(const Transferred& transferred) const
{
    if (auto error = stream_.error())
        return error;
    if (state_ == State::handshaking)
        if (auto error = core_.refusal_of_rest())
            return error;
    std::string sentence = transferred.outcome != Transfer::closed
                               ? "the connection broke: " + transferred.error.message()
                           : state_ == State::ready ? "the server closed the connection"
                                                    : "the peer closed the connection during the handshake";
    if (!options_.tls && !core_.was_heard())
        sentence += "; if the server wants TLS on this port, set tls";
    return {errc::connection_lost, std::move(sentence)};
}

void Connection::end_turn() noexcept
{
    flush();
    if (!watched_ && state_ == State::ready) [[unlikely]]
        watch_silence();
    // Its options may be gone once it is closed.
    if (state_ == State::ready && has_too_many_orphans() && !std::exchange(worn_, true)) [[unlikely]]
        owner_->worn();
}

void Connection::flush() noexcept
{
    if (state_ == State::closed || blocked_)
        return;
    const auto transferred = send_output();
    if (transferred.outcome == Transfer::would_block)
        arm_write();
    else if (transferred.outcome != Transfer::done) [[unlikely]]
        return fail(broken(transferred));
    if (state_ == State::handshaking)
        core_.wipe_output();
}

/// A failure is left to the flush at the end of the turn, which meets it too: here callers are in the middle of
/// something.
void Connection::send_early() noexcept
{
    if (state_ != State::closed && send_output().outcome == Transfer::would_block)
        arm_write();
}

/// Until all is sent, or the socket takes no more.
Transferred Connection::send_output() noexcept
{
    const auto& output = core_.output();
    while (output.size() != 0) {
        const auto transferred = output.has_lent() ? send_pieces() : stream_.send(output.plain());
        if (transferred.outcome != Transfer::done)
            return transferred;
        core_.sent(transferred.size);
    }
    return {};
}

Transferred Connection::send_pieces() noexcept
{
    std::array<protocol::Bytes, Stream::most_pieces> pieces;
    const auto count = core_.output().pieces(pieces);
    return stream_.send(std::span{pieces}.first(count));
}

void Connection::arm_write()
{
    blocked_ = true;
    stream_.wait_writable([self = shared_from_this()](std::error_code ec) {
        const Turn turn{self->loop_};
        self->blocked_ = false;
        if (!ec)
            self->flush();
    });
}

}
