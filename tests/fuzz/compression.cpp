// Bodies as they might travel compressed; the first byte chooses the algorithm.
#include "fuzz.hpp"
#include <protocol/compression.hpp>

using namespace coodie::protocol;

namespace {

constexpr std::size_t max_body = 1 << 20;

void expect_round_trip(CompressionAlgorithm algorithm, Bytes plain)
{
    const auto compressed = compress(algorithm, plain);
    expect(static_cast<bool>(compressed), "any body can be compressed");
    const auto again = decompress(algorithm, *compressed, max_body);
    expect(again && std::ranges::equal(*again, plain), "what was compressed is decompressed to the same bytes");
}

}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* input, std::size_t size)
{
    if (size == 0)
        return 0;
    const auto algorithm = (input[0] & 1U) != 0 ? CompressionAlgorithm::snappy : CompressionAlgorithm::lz4;
    const auto body = std::as_bytes(std::span{input, size}).subspan(1);
    const auto plain = [&] {
        const BoundedMemory bounded{body.size()};
        return decompress(algorithm, body, max_body);
    }();
    if (plain)
        expect_round_trip(algorithm, *plain);
    if (body.size() <= max_body)
        expect_round_trip(algorithm, body);
    return 0;
}
