#pragma once

#include <protocol/opcode.hpp>
#include <protocol/reader.hpp>
#include <protocol/writer.hpp>

namespace coodie::protocol {

/// REGISTER (CQL v4 section 4.1.8)
///     <event types: string list>
struct Register
{
    static constexpr Opcode code = Opcode::register_;
    StringList event_types = {"TOPOLOGY_CHANGE", "STATUS_CHANGE", "SCHEMA_CHANGE"};

    Error check() const;
    std::size_t encoded_size() const noexcept;
    void encode(Writer& out) const noexcept;
    static Register decode(Reader& in);
};

}
