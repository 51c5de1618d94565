#pragma once

#include <protocol/opcode.hpp>
#include <protocol/reader.hpp>
#include <protocol/writer.hpp>

namespace coodie::protocol {

/// AUTH_SUCCESS (CQL v4 section 4.2.8)
///     <token: bytes>
struct AuthSuccess
{
    static constexpr Opcode code = Opcode::auth_success;
    Cell token;

    std::size_t encoded_size() const noexcept;
    void encode(Writer& out) const noexcept;
    static AuthSuccess decode(Reader& in);
};

}
