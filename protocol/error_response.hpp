#pragma once

#include <coodie/error.hpp>
#include <optional>
#include <protocol/opcode.hpp>
#include <protocol/reader.hpp>
#include <protocol/writer.hpp>

namespace coodie::protocol {

/// A code that CQL v4, or v5, gives a meaning: no extension may take it.
bool is_cql_error(std::int32_t code) noexcept;

/// ERROR (CQL v4 sections 4.2.1 and 9)
///     <code: int> <message: string> <fields by code>
struct ErrorResponse
{
    static constexpr Opcode code = Opcode::error;
    std::int32_t error = 0;
    std::string_view message;
    ServerFields fields = {}; ///< monostate when the code has none, or when they are cut short

    std::size_t encoded_size() const noexcept;
    void encode(Writer& out) const noexcept;
    /// `rate_limit_code`: what Scylla said in SUPPORTED (see scylla_options.hpp).
    static ErrorResponse decode(Reader& in, std::optional<std::int32_t> rate_limit_code = {});

    /// As the rest of the library knows it: the server's own sentence, code and fields.
    Error as_error() const;
};

}
