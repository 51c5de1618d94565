#pragma once

#include <coodie/result.hpp>
#include <protocol/opcode.hpp>
#include <protocol/writer.hpp>

namespace coodie::protocol {

inline constexpr std::size_t header_size = 9;
inline constexpr std::uint8_t request_version = 0x04;
inline constexpr std::uint8_t response_version = 0x84;

/// Header flags (CQL v4 section 2.2). Other bits are ignored.
namespace flag {
inline constexpr std::uint8_t compression = 0x01;
inline constexpr std::uint8_t tracing = 0x02;
inline constexpr std::uint8_t custom_payload = 0x04;
inline constexpr std::uint8_t warning = 0x08;
}

/// CQL v4 section 2
///     <version: byte> <flags: byte> <stream: short, signed> <opcode: byte> <length: int>
struct FrameHeader
{
    std::uint8_t version = request_version;
    std::uint8_t flags = 0;
    std::int16_t stream = 0; ///< -1 for events only
    Opcode opcode = Opcode::options;
    std::int32_t length = 0; ///< of the body that follows

    friend bool operator==(const FrameHeader&, const FrameHeader&) = default;
};

/// What a header may say. Lengths above `max_body` are refused.
struct FrameLimits
{
    std::uint32_t max_body = 256U << 20U;
    /// Nothing came on this connection before: an ERROR in another version of the protocol passes, so that its sentence
    /// can be read (see foreign_version_error).
    bool first_answer = false;
};

/// The longest body of a peer that has not authenticated us: it needs no more.
inline constexpr std::uint32_t max_body_before_authentication = 64U << 10U;

inline FrameHeader parse_header(std::span<const std::byte, header_size> in) noexcept
{
    return {.version = detail::load_integer<std::uint8_t>(in.data()),
            .flags = detail::load_integer<std::uint8_t>(in.data() + 1),
            .stream = detail::load_integer<std::int16_t>(in.data() + 2),
            .opcode = static_cast<Opcode>(detail::load_integer<std::uint8_t>(in.data() + 4)),
            .length = detail::load_integer<std::int32_t>(in.data() + 5)};
}

/// Writes `header_size` bytes and gives their end.
inline std::byte* store_header(std::byte* out, const FrameHeader& header) noexcept
{
    out = detail::store_integer(out, header.version);
    out = detail::store_integer(out, header.flags);
    out = detail::store_integer(out, header.stream);
    out = detail::store_integer(out, static_cast<std::uint8_t>(header.opcode));
    return detail::store_integer(out, header.length);
}

/// Set if these first bytes, be they less than a header, are of a peer that speaks no CQL: errc::protocol, or
/// errc::tls.
Error refusal_of_stranger(Bytes in);

/// Why these bytes are no header of a v4 response; empty when they are one.
Error refusal_of_response(std::span<const std::byte, header_size> in, const FrameLimits& limits);

/// A response's header, checked: version, direction, opcode, length.
/// Errors: errc::protocol or errc::tls, and the connection cannot be used any more. The sentence names the peer that it
/// looks like.
inline Result<FrameHeader> check_response_header(std::span<const std::byte, header_size> in, const FrameLimits& limits)
{
    const auto header = parse_header(in);
    if (header.version == response_version && is_response(header.opcode) &&
        static_cast<std::uint32_t>(header.length) <= limits.max_body && header.length >= 0) [[likely]]
        return header;
    if (auto refusal = refusal_of_response(in, limits))
        return refusal;
    return header;
}

/// The other side's check, for servers. Errors: as above.
Result<FrameHeader> check_request_header(std::span<const std::byte, header_size> in, const FrameLimits& limits);

/// What to say when a first answer's `header.version` is not `response_version`: both versions, and the server's own
/// words.
Error foreign_version_error(const FrameHeader& header, Bytes body);

/// Lays out a whole frame; `out` has header_size + message.encoded_size() bytes. A custom payload, tracing id or
/// warnings stand between both: see body_prefix.hpp.
template <class Message>
void store_frame(std::span<std::byte> out, const Message& message, std::int16_t stream, std::uint8_t flags = 0,
                 std::uint8_t version = is_request(Message::code) ? request_version : response_version) noexcept
{
    const auto length = static_cast<std::int32_t>(out.size() - header_size);
    store_header(out.data(), {version, flags, stream, Message::code, length});
    Writer body{out.subspan(header_size)};
    message.encode(body);
    assert(body.remaining() == 0);
}

template <class Message>
std::vector<std::byte> frame_of(const Message& message, std::int16_t stream, std::uint8_t flags = 0)
{
    std::vector<std::byte> frame(header_size + message.encoded_size());
    store_frame(frame, message, stream, flags);
    return frame;
}

}
