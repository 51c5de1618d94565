#include "lib/connection/connection_core.hpp"

#include <algorithm>
#include <protocol/response.hpp>

namespace coodie::detail {

using protocol::FrameHeader;
using protocol::header_size;

ConnectionCore::ConnectionCore(const CoreLimits& limits, ConnectionMeter* meter)
    : meter_{meter}, streams_{std::min(limits.max_streams, max_in_flight)},
      limits_{std::min(limits.max_body, protocol::max_body_before_authentication), true}, max_body_{limits.max_body}
{
}

ConnectionCore::~ConnectionCore()
{
    if (decompressed_)
        decompressed_->leave();
}

void ConnectionCore::authenticated(std::optional<protocol::CompressionAlgorithm> compression,
                                   bool metadata_ids) noexcept
{
    metadata_ids_ = metadata_ids;
    limits_.max_body = max_body_;
    compression_ = agreed_ = compression;
}

Exchange* ConnectionCore::next(Answer& answer)
{
    if (decompressed_)
        std::exchange(decompressed_, nullptr)->leave();
    while (!error_) {
        const auto bytes = in_.unread();
        if (!read_header(bytes, answer.header))
            return nullptr;
        const auto size = header_size + static_cast<std::size_t>(answer.header.length);
        if (bytes.size() < size) {
            in_.need(size);
            return nullptr;
        }
        in_.need(0);
        in_.consume(size);
        answer.body = bytes.subspan(header_size, size - header_size);
        answer.block = in_.block();
        if (auto* exchange = exchange_of(answer)) {
            decompress(answer);
            return exchange;
        }
    }
    return nullptr;
}

bool ConnectionCore::read_header(std::span<const std::byte> bytes, FrameHeader& header)
{
    if (bytes.size() < header_size)
        return false;
    const auto checked = protocol::check_response_header(bytes.first<header_size>(), limits_);
    if (!checked) [[unlikely]] {
        error_ = checked.error();
        return false;
    }
    header = *checked;
    return true;
}

/// Null: nobody waits for it.
Exchange* ConnectionCore::exchange_of(Answer& answer)
{
    const auto& header = answer.header;
    limits_.first_answer = false;
    if (header.stream < 0 || header.opcode == protocol::Opcode::event) [[unlikely]] {
        if (header.opcode == protocol::Opcode::error)
            refused(answer);
        return header.opcode == protocol::Opcode::event ? events_ : nullptr;
    }
    if (!streams_.is_in_use(header.stream)) [[unlikely]] {
        fail("the server answered on stream " + std::to_string(header.stream) + ", where nothing was asked");
        return nullptr;
    }
    auto* exchange = streams_.release(header.stream);
    if (!exchange && meter_) [[unlikely]]
        ++meter_->late_answers;
    return exchange;
}

/// An ERROR that answers no request is about the whole connection.
void ConnectionCore::refused(Answer& answer)
{
    decompress(answer);
    if (error_)
        return;
    const auto response = protocol::decode_response(answer.header, answer.body);
    const auto* error = response ? std::get_if<protocol::ErrorResponse>(&response->message) : nullptr;
    fail("the server gave the connection up: " + (error ? std::string{error->message} : "it does not say why"));
}

void ConnectionCore::decompress(Answer& answer)
{
    if ((answer.header.flags & protocol::flag::compression) != 0) [[unlikely]]
        answer.failure = error_ = unpack(answer);
}

Error ConnectionCore::unpack(Answer& answer)
{
    if (!agreed_)
        return {errc::protocol, "the server compressed an answer although no compression was agreed"};
    const auto size = protocol::decompressed_size(*agreed_, answer.body, limits_.max_body);
    if (!size)
        return size.error();
    decompressed_ = ReadBlock::make(*size);
    if (!decompressed_)
        return {errc::protocol, "there is no memory for an answer of " + std::to_string(*size) + " bytes"};
    const std::span<std::byte> plain{decompressed_->bytes(), *size};
    const auto packed = std::exchange(answer.body, plain);
    answer.block = decompressed_;
    answer.header.flags = static_cast<std::uint8_t>(answer.header.flags & ~protocol::flag::compression);
    return protocol::decompress(*agreed_, packed, plain);
}

void ConnectionCore::compress_frame()
{
    const auto frame = out_.own().last(frame_size_);
    const auto body = frame.subspan(header_size);
    const auto packed = protocol::compress(*compression_, body);
    if (!packed || packed->size() >= body.size())
        return;
    auto header = protocol::parse_header(frame.first<header_size>());
    header.flags |= protocol::flag::compression;
    header.length = static_cast<std::int32_t>(packed->size());
    std::copy(packed->begin(), packed->end(), protocol::store_header(frame.data(), header));
    out_.shrink(out_.own().size() - body.size() + packed->size());
}

void ConnectionCore::fail(std::string sentence)
{
    error_ = Error{errc::protocol, std::move(sentence)};
}

}
