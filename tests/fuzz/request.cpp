// Frames as a client might send them.
#include "fuzz.hpp"
#include <algorithm>
#include <protocol/request.hpp>

using namespace coodie;
using namespace coodie::protocol;

namespace {

constexpr FrameLimits limits{.max_body = 1 << 20};
constexpr std::uint8_t metadata_id_bit = 0x80; // a header flag that CQL v4 leaves unused

Result<DecodedRequest> decode(const FrameHeader& header, Bytes body)
{
    const BoundedMemory bounded{body.size()};
    return decode_request(header, body, (header.flags & metadata_id_bit) != 0);
}

}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* input, std::size_t size)
{
    const auto frame = std::as_bytes(std::span{input, size});
    if (size < header_size)
        return 0;
    const auto header = check_request_header(frame.first<header_size>(), limits);
    if (!header)
        return 0;
    const auto body = frame.subspan(header_size);
    const auto request = decode(*header, body);
    if (!request)
        return 0;
    const auto again = encoded(request->prefix, request->message);
    expect(again.size() <= body.size() && std::ranges::equal(again, body.first(again.size())),
           "a request is encoded as it came");
    return 0;
}
