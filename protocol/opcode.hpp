#pragma once

#include <coodie/opcode.hpp>

namespace coodie::protocol {

using coodie::name_of;
using coodie::Opcode;

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
