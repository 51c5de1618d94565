#include <algorithm>
#include <array>
#include <protocol/frame.hpp>
#include <protocol/reader.hpp>
#include <string>

namespace coodie::protocol {
namespace {

constexpr unsigned version_bits = 0x7F;

std::string first_bytes(Bytes in)
{
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text = "its first bytes are";
    for (const auto byte : in) {
        const auto value = std::to_integer<unsigned>(byte);
        text += {' ', digits[value >> 4U], digits[value & 15U]};
    }
    return text;
}

/// What peers that speak no CQL begin with, and what to do about it.
struct Greeting
{
    std::string_view begin;
    std::string_view sentence;
    errc code = errc::protocol;
};
constexpr std::array greetings{
    Greeting{"HTTP/", "the peer speaks HTTP, not CQL; check the port"},
    Greeting{"\x15\x03", "the server speaks TLS (a TLS alert came); set tls, or use its port without TLS", errc::tls},
    Greeting{"\x16\x03", "the server speaks TLS (a handshake came); set tls, or use its port without TLS", errc::tls},
    Greeting{"SSH-", "the peer speaks SSH, not CQL; check the port"},
    Greeting{{"\0\0\0\0\0\0\0\0\0", header_size}, "the peer sent zeros, not CQL; check the port"},
};

Error refusal(Bytes in, std::string_view sentence, errc code = errc::protocol)
{
    return {code, std::string{sentence} + " (" + first_bytes(in) + ")"};
}

bool is_known_version(unsigned version)
{
    return version >= 1 && version <= 6;
}

std::string version_sentence(unsigned version)
{
    return "the server speaks version " + std::to_string(version & version_bits) +
           " of the protocol, this client version " + std::to_string(request_version);
}

Error refusal_of_opcode(std::span<const std::byte, header_size> in, Opcode opcode, const char* sender)
{
    return refusal(in, std::string{sender} + " sent opcode " + std::to_string(static_cast<unsigned>(opcode)) + " (" +
                           std::string{name_of(opcode)} + "), which is none of its messages");
}

Error refusal_of_length(std::span<const std::byte, header_size> in, std::int32_t length, const FrameLimits& limits)
{
    if (length < 0)
        return refusal(in, "a frame claims a body of negative length " + std::to_string(length));
    if (static_cast<std::uint32_t>(length) > limits.max_body)
        return refusal(in, "a frame claims a body of " + std::to_string(length) + " bytes, above the limit of " +
                               std::to_string(limits.max_body));
    return {};
}

Error refusal_of_version(std::span<const std::byte, header_size> in, const FrameHeader& header,
                         const FrameLimits& limits)
{
    if (auto error = refusal_of_stranger(in))
        return error;
    if (!is_known_version(header.version & version_bits))
        return refusal(in, "the peer sent bytes that are no CQL; check the port");
    if ((header.version & ~version_bits) == 0)
        return refusal(in, "the peer sent a request where a response was due; it may be echoing what it gets");
    // Before version 3 headers have 8 bytes, so that the rest of this one cannot be trusted.
    const auto readable = limits.first_answer && header.opcode == Opcode::error && header.version >= 0x83;
    return readable ? Error{} : refusal(in, version_sentence(header.version));
}

}

Error refusal_of_stranger(Bytes in)
{
    const std::string_view text{reinterpret_cast<const char*>(in.data()), in.size()};
    const auto* const found = std::ranges::find_if(greetings, [&](auto& g) { return text.starts_with(g.begin); });
    return found == greetings.end() ? Error{} : refusal(in, found->sentence, found->code);
}

Error refusal_of_response(std::span<const std::byte, header_size> in, const FrameLimits& limits)
{
    const auto header = parse_header(in);
    if (header.version != response_version)
        if (auto error = refusal_of_version(in, header, limits))
            return error;
    if (!is_response(header.opcode))
        return refusal_of_opcode(in, header.opcode, "the server");
    return refusal_of_length(in, header.length, limits);
}

Result<FrameHeader> check_request_header(std::span<const std::byte, header_size> in, const FrameLimits& limits)
{
    const auto header = parse_header(in);
    if (header.version == response_version)
        return refusal(in, "the client sent a response where a request was due");
    if (header.version != request_version)
        return refusal(in, "Invalid or unsupported protocol version (" + std::to_string(header.version & version_bits) +
                               "); supported versions are (4/v4)");
    if (!is_request(header.opcode))
        return refusal_of_opcode(in, header.opcode, "the client");
    if (auto error = refusal_of_length(in, header.length, limits))
        return error;
    return header;
}

Error foreign_version_error(const FrameHeader& header, Bytes body)
{
    Reader in{body};
    in.read_int();
    const auto message = in.read_string();
    auto sentence = version_sentence(header.version);
    if (!in.failed() && !message.empty())
        sentence += ". The server says: " + std::string{message};
    return {errc::protocol, std::move(sentence)};
}

}
