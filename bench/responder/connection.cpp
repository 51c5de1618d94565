#include "connection.hpp"

#include "../wire.hpp"

#include <algorithm>
#include <cerrno>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

namespace bench {
namespace {

constexpr std::size_t buffer_size = 1 << 20;
constexpr std::uint8_t skip_metadata = 0x02;

}

Connection::Connection(int socket, Answers& answers) : socket_(socket), answers_(answers), in_(buffer_size)
{
    const int on = 1;
    setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

Connection::~Connection()
{
    close(socket_);
}

bool Connection::readable()
{
    const auto got = recv(socket_, in_.data() + end_, in_.size() - end_, 0);
    if (got <= 0)
        return got < 0 && errno == EAGAIN;
    end_ += static_cast<std::size_t>(got);
    answer_frames();
    return send_out();
}

bool Connection::writable()
{
    return send_out();
}

void Connection::answer_frames()
{
    while (end_ - begin_ >= header_size) {
        const auto* frame = in_.data() + begin_;
        const auto body_size = load<std::uint32_t>(frame + 5);
        if (end_ - begin_ - header_size < body_size)
            break;
        answer(frame, body_size);
        begin_ += header_size + body_size;
    }
    std::copy(in_.begin() + static_cast<std::ptrdiff_t>(begin_), in_.begin() + static_cast<std::ptrdiff_t>(end_),
              in_.begin());
    end_ -= begin_;
    begin_ = 0;
}

void Connection::answer(const std::byte* frame, std::size_t body_size)
{
    const auto* body = frame + header_size;
    if (frame[0] != std::byte{4})
        return append(answers_.unsupported_version, frame);
    switch (static_cast<Opcode>(frame[4])) {
    case Opcode::execute: return append(answer_to_execute(body, body_size), frame);
    case Opcode::query: return append(answers_.to(statement_text(body, body_size)).with_metadata, frame);
    case Opcode::prepare: return append(answers_.to(statement_text(body, body_size)).prepared, frame);
    case Opcode::batch: return append(answers_.void_result, frame);
    case Opcode::options: return append(answers_.supported, frame);
    case Opcode::startup:
    case Opcode::register_: return append(answers_.ready, frame);
    case Opcode::error:
    case Opcode::ready:
    case Opcode::supported:
    case Opcode::result: break;
    }
    append(answers_.unsupported_version, frame);
}

/// EXECUTE (CQL v4 section 4.1.6)
///     <id: short bytes> <consistency: short> <flags: byte> ...
const std::string& Connection::answer_to_execute(const std::byte* body, std::size_t size)
{
    if (size < 2 + Answers::id_size + 3 || load<std::uint16_t>(body) != Answers::id_size)
        return answers_.unknown_id;
    const auto* answer = answers_.prepared(load<std::uint32_t>(body + 2));
    if (answer == nullptr)
        return answers_.unknown_id;
    const auto flags = std::to_integer<std::uint8_t>(body[2 + Answers::id_size + 2]);
    return (flags & skip_metadata) != 0 ? answer->without_metadata : answer->with_metadata;
}

/// The <long string> that QUERY and PREPARE begin with.
std::string_view Connection::statement_text(const std::byte* body, std::size_t size) const
{
    const std::size_t length = size < 4 ? 0 : load<std::uint32_t>(body);
    return {reinterpret_cast<const char*>(body) + 4, std::min(length, size < 4 ? 0 : size - 4)};
}

void Connection::append(const std::string& frame, const std::byte* request)
{
    const auto at = out_.size();
    out_.append(frame);
    out_[at + 2] = static_cast<char>(request[2]);
    out_[at + 3] = static_cast<char>(request[3]);
}

bool Connection::send_out()
{
    while (blocked()) {
        const auto n = send(socket_, out_.data() + sent_, out_.size() - sent_, MSG_NOSIGNAL);
        if (n < 0)
            return errno == EAGAIN;
        sent_ += static_cast<std::size_t>(n);
    }
    out_.clear();
    sent_ = 0;
    return true;
}

}
