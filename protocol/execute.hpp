#pragma once

#include <protocol/opcode.hpp>
#include <protocol/query_parameters.hpp>

namespace coodie::protocol {

/// EXECUTE (CQL v4 section 4.1.6)
///     <id: short bytes> [<result metadata id: short bytes>, SCYLLA_USE_METADATA_ID only] <query_parameters>
struct Execute
{
    static constexpr Opcode code = Opcode::execute;
    Bytes id;
    std::optional<Bytes> result_metadata_id = {};
    QueryParameters parameters = {};

    /// `size`: as encoded_size() says.
    Error check(std::size_t size) const;
    Error check() const { return check(encoded_size()); }
    std::size_t encoded_size() const noexcept
    {
        return short_bytes_size(id) + (result_metadata_id ? short_bytes_size(*result_metadata_id) : 0) +
               parameters.encoded_size();
    }
    void encode(Writer& out) const noexcept
    {
        out.write_short_bytes(id);
        if (result_metadata_id)
            out.write_short_bytes(*result_metadata_id);
        parameters.encode(out);
    }
    static Execute decode(Reader& in, bool with_metadata_id = false);
};

}
