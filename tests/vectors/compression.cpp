// Compressed bodies.
#include "allocations.hpp"
#include "kinds.hpp"

#include <protocol/compression.hpp>

namespace vectors {

namespace {

using namespace coodie::protocol;

constexpr std::size_t max_body = 256U << 20U;

/// Encoders may differ, so theirs is read, and ours is read back.
template <CompressionAlgorithm Algorithm> void block(const Json& input, const Json& expected)
{
    const auto plain = input.contains("plain_hex") ? bytes_of(input.at("plain_hex"))
                                                   : coodie::blob(input.at("plain_utf8").get<std::string>());
    const auto theirs = bytes_of(expected.at("body_hex"));
    expect_bytes("theirs", accepted("decompress", decompress(Algorithm, theirs, max_body)), plain);
    const auto ours = accepted("compress", compress(Algorithm, plain));
    expect_bytes("ours", accepted("decompress ours", decompress(Algorithm, ours, max_body)), plain);
}

template <CompressionAlgorithm Algorithm> void reject(const Json& input, const Json&)
{
    const auto body = bytes_of(input.at("body_hex"));
    const auto limit = input.value("max_body", max_body);
    const AllocationMeter meter;
    refused("decompress", decompress(Algorithm, body, limit));
    // A claim within the limit may be believed until the block turns out to be corrupt.
    expect(meter.bytes() <= limit + 64 * 1024, "took more memory than the limit");
}

constexpr Kind kinds[] = {
    {"lz4_block", block<CompressionAlgorithm::lz4>},
    {"lz4_reject", reject<CompressionAlgorithm::lz4>},
    {"snappy_block", block<CompressionAlgorithm::snappy>},
    {"snappy_reject", reject<CompressionAlgorithm::snappy>},
};

}

std::span<const Kind> compression_kinds()
{
    return kinds;
}

}
