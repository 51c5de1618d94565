#pragma once

#include <protocol/opcode.hpp>
#include <protocol/query_parameters.hpp>

namespace coodie::protocol {

/// QUERY (CQL v4 section 4.1.4)
///     <query: long string> <query_parameters>
struct Query
{
    static constexpr Opcode code = Opcode::query;
    std::string_view cql;
    QueryParameters parameters = {};

    /// `size`: as encoded_size() says.
    Error check(std::size_t size) const;
    Error check() const { return check(encoded_size()); }
    std::size_t encoded_size() const noexcept { return long_string_size(cql) + parameters.encoded_size(); }
    void encode(Writer& out) const noexcept
    {
        out.write_long_string(cql);
        parameters.encode(out);
    }
    static Query decode(Reader& in);
};

}
