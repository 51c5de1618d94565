#pragma once

#include <coodie/export.hpp>
#include <cstdint>
#include <string_view>

namespace coodie {

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
COODIE_API std::string_view name_of(Opcode opcode) noexcept;

}
