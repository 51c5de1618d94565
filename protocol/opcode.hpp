#pragma once

#include <cstdint>
#include <string_view>

namespace coodie::protocol {

/// What a frame holds (CQL v4 section 2.4).
enum class Opcode : std::uint8_t
{
    error = 0x00,
    startup = 0x01,
    ready = 0x02,
    authenticate = 0x03,
    options = 0x05,
    supported = 0x06,
    query = 0x07,
    result = 0x08,
    prepare = 0x09,
    execute = 0x0A,
    register_ = 0x0B,
    event = 0x0C,
    batch = 0x0D,
    auth_challenge = 0x0E,
    auth_response = 0x0F,
    auth_success = 0x10,
};

/// "QUERY"; "UNKNOWN" for a number outside the list.
std::string_view name_of(Opcode opcode) noexcept;

inline constexpr std::uint32_t request_opcodes = 0b1010'1110'1010'0010;
inline constexpr std::uint32_t response_opcodes = 0b1'0101'0001'0100'1101;
/// A set of opcodes as bits.
constexpr bool contains(std::uint32_t opcodes, Opcode opcode) noexcept
{
    return static_cast<unsigned>(opcode) < 32 && (opcodes >> static_cast<unsigned>(opcode) & 1U) != 0;
}

constexpr bool is_request(Opcode opcode) noexcept
{
    return contains(request_opcodes, opcode);
}
constexpr bool is_response(Opcode opcode) noexcept
{
    return contains(response_opcodes, opcode);
}
static_assert(is_request(Opcode::register_) && is_request(Opcode::auth_response) && !is_request(Opcode::event));
static_assert(is_response(Opcode::error) && is_response(Opcode::auth_success) && !is_response(Opcode::batch));

}
