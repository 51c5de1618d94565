#pragma once

#include <protocol/opcode.hpp>
#include <protocol/reader.hpp>
#include <protocol/writer.hpp>

namespace coodie::protocol {

/// READY (CQL v4 section 4.2.2): no body.
struct Ready
{
    static constexpr Opcode code = Opcode::ready;

    std::size_t encoded_size() const noexcept;
    void encode(Writer& out) const noexcept;
    static Ready decode(Reader& in);
};

}
