#pragma once

#include <coodie/statement.hpp>
#include <protocol/opcode.hpp>
#include <protocol/query_parameters.hpp>

namespace coodie::protocol {

/// One statement of a BATCH
///     <kind: byte> <query: long string | id: short bytes> <n: short> <values>
struct BatchStatement
{
    std::variant<std::string_view, Bytes> text_or_id;
    EncodedValues values = {};

    std::size_t encoded_size() const noexcept;
    void encode(Writer& out) const noexcept;
    static BatchStatement decode(Reader& in);
};

/// BATCH (CQL v4 section 4.1.7)
///     <type: byte> <n: short> <statements> <consistency: short> <flags: byte>
///     [<serial consistency: short>] [<timestamp: long>]
/// Values cannot be named here (CASSANDRA-10246). A BATCH of no statements is legal.
struct Batch
{
    static constexpr Opcode code = Opcode::batch;
    BatchType type = BatchType::logged;
    std::vector<BatchStatement> statements = {};
    Consistency consistency = Consistency::local_one;
    std::optional<Consistency> serial_consistency = {};
    std::optional<std::int64_t> timestamp = {};

    /// `size`: as encoded_size() says.
    Error check(std::size_t size) const;
    Error check() const { return check(encoded_size()); }
    std::size_t encoded_size() const noexcept;
    void encode(Writer& out) const noexcept;
    static Batch decode(Reader& in);
};

}
