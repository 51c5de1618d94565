#pragma once

#include <protocol/opcode.hpp>
#include <protocol/reader.hpp>
#include <protocol/writer.hpp>

namespace coodie::protocol {

/// PREPARE (CQL v4 section 4.1.5)
///     <query: long string>
struct Prepare
{
    static constexpr Opcode code = Opcode::prepare;
    std::string_view cql;

    /// `size`: as encoded_size() says.
    Error check(std::size_t size) const;
    Error check() const { return check(encoded_size()); }
    std::size_t encoded_size() const noexcept;
    void encode(Writer& out) const noexcept;
    static Prepare decode(Reader& in);
};

}
