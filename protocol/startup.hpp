#pragma once

#include <protocol/opcode.hpp>
#include <protocol/reader.hpp>
#include <protocol/writer.hpp>

namespace coodie::protocol {

/// STARTUP (CQL v4 section 4.1.1)
///     <options: string map>
/// CQL_VERSION is mandatory; COMPRESSION, DRIVER_NAME, DRIVER_VERSION, APPLICATION_NAME and extensions may follow.
struct Startup
{
    static constexpr Opcode code = Opcode::startup;
    StringMap options = {{"CQL_VERSION", "3.0.0"}};

    Error check() const;
    std::size_t encoded_size() const noexcept;
    void encode(Writer& out) const noexcept;
    static Startup decode(Reader& in);
};

}
