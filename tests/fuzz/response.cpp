// Frames as a server might send them: header, prefix and message of every opcode, compressed ones too.
#include "fuzz.hpp"
#include <protocol/compression.hpp>
#include <protocol/response.hpp>

using namespace coodie;
using namespace coodie::protocol;

namespace {

constexpr FrameLimits limits{.max_body = 1 << 20, .first_answer = true};

// Header flags that CQL v4 leaves unused choose what was agreed before.
constexpr std::uint8_t metadata_id_bit = 0x80;
constexpr std::uint8_t snappy_bit = 0x40;
constexpr std::uint8_t cached_bit = 0x20;

ResponseContext context_of(const FrameHeader& header)
{
    static const ResultMetadata three{.columns = std::vector<ColumnSpec>(3), .plan = {}};
    ResponseContext context{.rate_limit_code = 0x4321};
    context.result.with_metadata_id = (header.flags & metadata_id_bit) != 0;
    context.result.cached = (header.flags & cached_bit) != 0 ? &three : nullptr;
    return context;
}

void expect_round_trip(const FrameHeader& header, const DecodedResponse& response)
{
    const auto body = encoded(response.prefix, response.message);
    const auto again = decode_response(header, body, context_of(header));
    expect(static_cast<bool>(again), "what was encoded can be decoded");
    expect(encoded(again->prefix, again->message) == body, "encoding gives the same bytes again");
}

void decode_body(const FrameHeader& header, Bytes body)
{
    const auto response = [&] {
        const BoundedMemory bounded{body.size()};
        return decode_response(header, body, context_of(header));
    }();
    if (response)
        expect_round_trip(header, *response);
}

}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* input, std::size_t size)
{
    const auto frame = std::as_bytes(std::span{input, size});
    if (size < header_size)
        return 0;
    const auto header = check_response_header(frame.first<header_size>(), limits);
    if (!header)
        return 0;
    const auto body = frame.subspan(header_size);
    if ((header->flags & flag::compression) == 0) {
        decode_body(*header, body);
        return 0;
    }
    const auto algorithm = (header->flags & snappy_bit) != 0 ? CompressionAlgorithm::snappy : CompressionAlgorithm::lz4;
    if (const auto plain = decompress(algorithm, body, limits.max_body))
        decode_body(*header, *plain);
    return 0;
}
