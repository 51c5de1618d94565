#pragma once

#include <protocol/opcode.hpp>
#include <protocol/reader.hpp>
#include <protocol/writer.hpp>

namespace coodie::protocol {

/// AUTH_CHALLENGE (CQL v4 section 4.2.7)
///     <token: bytes>
struct AuthChallenge
{
    static constexpr Opcode code = Opcode::auth_challenge;
    Cell token;

    std::size_t encoded_size() const noexcept;
    void encode(Writer& out) const noexcept;
    static AuthChallenge decode(Reader& in);
};

}
