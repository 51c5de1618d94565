#pragma once

#include <protocol/opcode.hpp>
#include <protocol/reader.hpp>
#include <protocol/writer.hpp>

namespace coodie::protocol {

/// AUTHENTICATE (CQL v4 section 4.2.3)
///     <authenticator class: string>
struct Authenticate
{
    static constexpr Opcode code = Opcode::authenticate;
    std::string_view authenticator;

    std::size_t encoded_size() const noexcept;
    void encode(Writer& out) const noexcept;
    static Authenticate decode(Reader& in);
};

}
