#pragma once

#include <protocol/opcode.hpp>
#include <protocol/reader.hpp>
#include <protocol/writer.hpp>

namespace coodie::protocol {

/// SUPPORTED (CQL v4 section 4.2.4)
///     <options: string multimap>
struct Supported
{
    static constexpr Opcode code = Opcode::supported;
    StringMultimap options = {};

    /// The values of the first option of this name; none when it is absent.
    std::span<const std::string_view> values_of(std::string_view option) const noexcept;
    bool has(std::string_view option) const noexcept; ///< with or without values

    std::size_t encoded_size() const noexcept;
    void encode(Writer& out) const noexcept;
    static Supported decode(Reader& in);
};

}
