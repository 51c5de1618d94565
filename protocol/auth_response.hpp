#pragma once

#include <coodie/result.hpp>
#include <protocol/opcode.hpp>
#include <protocol/reader.hpp>
#include <protocol/writer.hpp>

namespace coodie::protocol {

/// AUTH_RESPONSE (CQL v4 section 4.1.2)
///     <token: bytes>
struct AuthResponse
{
    static constexpr Opcode code = Opcode::auth_response;
    Cell token; ///< null (-1) and empty (0) are different answers

    Error check() const;
    std::size_t encoded_size() const noexcept;
    void encode(Writer& out) const noexcept;
    static AuthResponse decode(Reader& in);
};

/// The initial SASL PLAIN token: NUL user NUL password. The caller wipes it.
/// Errors: errc::configuration when one of them holds a NUL.
Result<std::vector<std::byte>> plain_token(std::string_view user, std::string_view password);

}
