#include "allocation.hpp"
#include "samples.hpp"
#include <algorithm>
#include <doctest/doctest.h>
#include <memory>

using namespace coodie;
using namespace coodie::protocol;

namespace {

constexpr std::size_t most_bytes_per_byte = 128;
constexpr std::size_t most_bytes_at_least = 1024; // a sentence, a shared error, an empty metadata

/// The bytes in a buffer that ends where they end, so that a sanitizer sees every step beyond.
class ExactBytes
{
public:
    explicit ExactBytes(Bytes bytes) : size_{bytes.size()}, memory_{new std::byte[bytes.size()]}
    {
        std::ranges::copy(bytes, memory_.get());
    }
    Bytes view() const { return {memory_.get(), size_}; }

private:
    std::size_t size_;
    std::unique_ptr<std::byte[]> memory_;
};

std::vector<std::byte> encoded(const DecodedResponse& response)
{
    return std::visit(
        [&](const auto& message) {
            std::vector<std::byte> body(response.prefix.encoded_size() + message.encoded_size());
            Writer out{body};
            response.prefix.encode(out);
            message.encode(out);
            CHECK(out.remaining() == 0);
            return body;
        },
        response.message);
}

std::vector<std::byte> encoded(const DecodedRequest& request)
{
    return std::visit(
        [&](const auto& message) {
            std::vector<std::byte> body(request.prefix.encoded_size() + message.encoded_size());
            Writer out{body};
            request.prefix.encode(out);
            message.encode(out);
            CHECK(out.remaining() == 0);
            return body;
        },
        request.message);
}

Result<DecodedResponse> decode(const ResponseSample& sample, Bytes body)
{
    const FrameHeader header{response_version, sample.flags, 1, sample.opcode, static_cast<std::int32_t>(body.size())};
    return decode_response(header, body, sample.context);
}

Result<DecodedRequest> decode(const RequestSample& sample, Bytes body)
{
    const FrameHeader header{request_version, sample.flags, 1, sample.opcode, static_cast<std::int32_t>(body.size())};
    return decode_request(header, body);
}

/// Steps over every cell as Rows do, and gives where that ends.
const std::byte* end_of_cells(const RowsResult& result)
{
    const auto* at = result.content.data();
    for (auto left = result.rows * result.metadata.columns_count; left != 0; --left) {
        const auto size = coodie::detail::load_integer<std::int32_t>(at);
        at += 4 + std::max(size, 0);
    }
    return at;
}

void expect_walkable(const DecodedResponse& response)
{
    const auto* const result = std::get_if<ResultResponse>(&response.message);
    if (const auto* const rows = result ? std::get_if<RowsResult>(&result->body) : nullptr)
        CHECK(end_of_cells(*rows) == rows->content.data() + rows->content.size());
}

void expect_walkable(const DecodedRequest&) {}

struct Counts
{
    std::size_t rejected = 0;
    std::size_t valid = 0;
    std::size_t worst = 0; ///< bytes allocated for a byte of input, times 100
};

/// Decodes, in bounded memory; what is accepted can be encoded again, in no more bytes than it came in.
template <class Sample> bool accepts(const Sample& sample, Bytes body, Counts& counts)
{
    const ExactBytes exact{body};
    const AllocationPeak memory;
    const auto decoded = decode(sample, exact.view());
    const auto peak = memory.peak();
    CHECK(peak <= most_bytes_per_byte * body.size() + most_bytes_at_least);
    if (peak > most_bytes_at_least)
        counts.worst = std::max(counts.worst, (peak - most_bytes_at_least) * 100 / body.size());
    ++(decoded ? counts.valid : counts.rejected);
    if (decoded) {
        CHECK(encoded(*decoded).size() <= body.size());
        expect_walkable(*decoded);
    } else {
        CHECK(decoded.error().code() == errc::protocol);
        CHECK(decoded.error().message().find("malformed") == 0);
    }
    return static_cast<bool>(decoded);
}

template <class Samples> Counts try_every_prefix(const Samples& samples)
{
    Counts counts;
    for (const auto& sample : samples) {
        CAPTURE(sample.name);
        for (std::size_t size = 0; size != sample.body.bytes().size(); ++size) {
            CAPTURE(size);
            const auto accepted = accepts(sample, Bytes{sample.body.bytes()}.first(size), counts);
            if constexpr (requires { sample.may_be_cut; })
                CHECK((!accepted || sample.may_be_cut));
            else
                CHECK(!accepted);
        }
    }
    return counts;
}

std::vector<std::byte> with_length(const Wire& body, const Wire::Length& length, std::int64_t value)
{
    auto bytes = body.bytes();
    for (std::size_t i = 0; i != length.width; ++i)
        bytes[length.at + i] = static_cast<std::byte>(value >> (8 * (length.width - 1 - i)));
    return bytes;
}

template <class Samples> Counts try_every_length(const Samples& samples)
{
    Counts counts;
    for (const auto& sample : samples) {
        CAPTURE(sample.name);
        for (const auto& length : sample.body.lengths())
            for (const auto value : {-2'147'483'648LL, -8LL, -1LL, 0LL, 2'147'483'647LL}) {
                CAPTURE(length.at);
                CAPTURE(value);
                accepts(sample, with_length(sample.body, length, value), counts);
            }
    }
    return counts;
}

template <class Samples> void expect_round_trips(const Samples& samples)
{
    for (const auto& sample : samples) {
        CAPTURE(sample.name);
        const auto decoded = decode(sample, sample.body.bytes());
        REQUIRE_MESSAGE(decoded, (decoded ? "" : decoded.error().message()));
        CHECK(encoded(*decoded) == sample.body.bytes());
    }
}

void print(const std::string& what, const Counts& counts, std::size_t samples)
{
    MESSAGE(what, ": ", samples, " messages, ", counts.rejected, " rejected, ", counts.valid, " valid, at most ",
            static_cast<double>(counts.worst) / 100, " bytes allocated a byte");
}

}

TEST_CASE("every message decodes and encodes to the same bytes")
{
    expect_round_trips(response_samples());
    expect_round_trips(request_samples());
}

TEST_CASE("cpp-23: every proper prefix of every response is rejected, in bounded memory")
{
    print("prefixes of responses", try_every_prefix(response_samples()), response_samples().size());
}

TEST_CASE("every proper prefix of every request is rejected, in bounded memory")
{
    print("prefixes of requests", try_every_prefix(request_samples()), request_samples().size());
}

TEST_CASE("a lie in any length or count of a response is rejected or harmless")
{
    print("lengths of responses", try_every_length(response_samples()), response_samples().size());
}

TEST_CASE("a lie in any length or count of a request is rejected or harmless")
{
    print("lengths of requests", try_every_length(request_samples()), request_samples().size());
}

TEST_CASE("sc-24: an error that is cut short keeps its code and sentence")
{
    for (const auto& sample : response_samples()) {
        if (sample.opcode != Opcode::error || !sample.may_be_cut)
            continue;
        CAPTURE(sample.name);
        const auto whole = decode(sample, sample.body.bytes());
        const auto cut = decode(sample, Bytes{sample.body.bytes()}.first(sample.body.bytes().size() - 1));
        REQUIRE(whole);
        REQUIRE(cut);
        const auto& expected = std::get<ErrorResponse>(whole->message);
        const auto& error = std::get<ErrorResponse>(cut->message);
        CHECK(error.error == expected.error);
        CHECK(error.message == "a sentence");
        CHECK(std::holds_alternative<std::monostate>(error.fields));
        CHECK(!std::holds_alternative<std::monostate>(expected.fields));
    }
}

TEST_CASE("bytes after a message are ignored")
{
    for (const auto& sample : response_samples()) {
        if (sample.name == "event NEWS")
            continue; // its body is whatever comes
        CAPTURE(sample.name);
        auto body = sample.body;
        const auto decoded = decode(sample, body.raw("more").bytes());
        REQUIRE(decoded);
        CHECK(encoded(*decoded) == sample.body.bytes());
    }
}
