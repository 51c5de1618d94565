#pragma once

#include <coodie/value_buffer.hpp>
#include <optional>
#include <protocol/murmur3.hpp>

namespace coodie::protocol {

// What a partition's token is made from: the value of its only key column, or of each of several
//     <length: short> <value> <0: byte>
// `partition_key` holds the places of the key's columns among the values, in the key's order, as PREPARE answered them.
// There is none without key columns, or when one of their values is missing, null, unset or longer than 65 535 bytes:
// such statements go to any node, which says what is wrong with them.

std::optional<std::vector<std::byte>> routing_key(const ValueBuffer& values,
                                                  std::span<const std::uint16_t> partition_key);

/// The token of that key. Complexity: one walk over the values; allocates only for long keys of several columns.
std::optional<Token> routing_token(const ValueBuffer& values, std::span<const std::uint16_t> partition_key,
                                   Partitioner partitioner = Partitioner::murmur3);

}
