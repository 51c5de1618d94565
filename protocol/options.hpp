#pragma once

#include <protocol/opcode.hpp>
#include <protocol/reader.hpp>
#include <protocol/writer.hpp>

namespace coodie::protocol {

/// OPTIONS (CQL v4 section 4.1.3): no body.
struct Options
{
    static constexpr Opcode code = Opcode::options;

    std::size_t encoded_size() const noexcept;
    void encode(Writer& out) const noexcept;
    static Options decode(Reader& in);
};

}
