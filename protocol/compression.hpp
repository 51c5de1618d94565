#pragma once

#include <coodie/result.hpp>
#include <optional>
#include <protocol/notations.hpp>

namespace coodie::protocol {

/// Body compression (CQL v4 section 5), as STARTUP's COMPRESSION names it.
enum class CompressionAlgorithm : std::uint8_t
{
    lz4,
    snappy,
};

std::string_view name_of(CompressionAlgorithm algorithm) noexcept;
std::optional<CompressionAlgorithm> compression_named(std::string_view name) noexcept;

/// The body as it travels: lz4 a big-endian [int] of its length and a raw block, snappy its raw format.
/// Errors: errc::invalid_query when it is longer than the algorithm can take.
Result<std::vector<std::byte>> compress(CompressionAlgorithm algorithm, Bytes body);

/// The length that a compressed body claims to have. Errors: errc::protocol, also above `max_body`.
Result<std::size_t> decompressed_size(CompressionAlgorithm algorithm, Bytes compressed, std::size_t max_body);

/// Into memory of exactly decompressed_size() bytes. Errors: as below.
Error decompress(CompressionAlgorithm algorithm, Bytes compressed, std::span<std::byte> out);

/// Errors: errc::protocol when the bytes are corrupt, or their length is not exactly what they claim, or above
/// `max_body`; nothing is allocated before the claim was checked.
Result<std::vector<std::byte>> decompress(CompressionAlgorithm algorithm, Bytes compressed, std::size_t max_body);

}
