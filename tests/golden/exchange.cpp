#include "exchange.hpp"

#include "values.hpp"
#include <algorithm>

namespace golden {
namespace {

using namespace coodie;
using namespace coodie::protocol;

std::string hex(Bytes bytes)
{
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (const auto byte : bytes) {
        const auto value = std::to_integer<unsigned>(byte);
        text += {digits[value >> 4U], digits[value & 15U]};
    }
    return text;
}

void expect_same(const std::string& what, Bytes encoded, Bytes recorded)
{
    if (!std::ranges::equal(encoded, recorded))
        throw Mismatch{what + " differs: encoded " + hex(encoded) + ", recorded " + hex(recorded)};
}

template <class T> T expect(const std::string& what, Result<T> result)
{
    if (!result)
        throw Mismatch{what + ": " + result.error().message()};
    return std::move(*result);
}

std::span<const std::byte, header_size> header_bytes(const Frame& frame)
{
    if (frame.size() < header_size)
        throw Mismatch{"a frame shorter than its header"};
    return std::span{frame}.first<header_size>();
}

template <class Message> std::vector<std::byte> encoded(const BodyPrefix& prefix, const Message& message)
{
    std::vector<std::byte> body(prefix.encoded_size() + message.encoded_size());
    Writer out{body};
    prefix.encode(out);
    message.encode(out);
    if (out.remaining() != 0)
        throw Mismatch{"encoded_size() is not what encode() writes"};
    return body;
}

void expect_same_header(const FrameHeader& header, const Frame& frame)
{
    std::array<std::byte, header_size> stored;
    store_header(stored.data(), header);
    expect_same("the header", stored, header_bytes(frame));
}

template <class Messages> void expect_same_body(const BodyPrefix& prefix, const Messages& message, Bytes recorded)
{
    std::visit([&](const auto& m) { expect_same("the body", encoded(prefix, m), recorded); }, message);
}

void check_rows(const Response& response, const ResultMetadata* left_out)
{
    const auto* const result = std::get_if<ResultResponse>(&response);
    const auto* const rows = result ? std::get_if<RowsResult>(&result->body) : nullptr;
    if (rows)
        check_values(*rows, rows->metadata.columns ? *rows->metadata.columns : *left_out);
}

bool is_error(const Frame& response)
{
    return parse_header(header_bytes(response)).opcode == Opcode::error;
}

}

Recording::Body Recording::body_of(const Frame& frame) const
{
    const auto header = parse_header(header_bytes(frame));
    const auto bytes = std::span{frame}.subspan(header_size);
    if (header.length < 0 || static_cast<std::size_t>(header.length) != bytes.size())
        throw Mismatch{"the header's length is not the body's"};
    if ((header.flags & flag::compression) == 0)
        return {header, {bytes.begin(), bytes.end()}};
    return {header, decompressed(bytes)};
}

std::vector<std::byte> Recording::decompressed(Bytes body) const
{
    if (compression_)
        return expect("decompression", decompress(*compression_, body, max_int));
    // A recording may mix connections, so that the agreement is not the latest one.
    for (const auto algorithm : {CompressionAlgorithm::lz4, CompressionAlgorithm::snappy})
        if (auto plain = decompress(algorithm, body, max_int))
            return *std::move(plain);
    throw Mismatch{"a body compressed by no algorithm that CQL v4 knows"};
}

bool Recording::check_request(const Frame& frame)
{
    const auto header = check_request_header(header_bytes(frame), {});
    if (!header)
        return false;
    expect_same_header(*header, frame);
    const auto body = body_of(frame);
    const auto decoded = decode_request(*header, body.bytes);
    if (!decoded)
        return false;
    expect_same_body(decoded->prefix, decoded->message, body.bytes);
    remember(decoded->message);
    return true;
}

void Recording::check_response(const Frame& frame)
{
    const auto header = expect("the response", check_response_header(header_bytes(frame), {.first_answer = true}));
    expect_same_header(header, frame);
    const auto body = body_of(frame);
    const auto decoded = expect("the response", decode_response(header, body.bytes, {.result = {.cached = left_out_}}));
    expect_same_body(decoded.prefix, decoded.message, body.bytes);
    check_rows(decoded.message, left_out_);
    remember(decoded.message);
}

void Recording::remember(const Request& request)
{
    const auto* const execute = std::get_if<Execute>(&request);
    if (execute && execute->parameters.skip_metadata)
        if (const auto found = prepared_.find({execute->id.begin(), execute->id.end()}); found != prepared_.end())
            left_out_ = found->second.get();
    const auto* const startup = std::get_if<Startup>(&request);
    if (!startup)
        return;
    compression_.reset();
    for (const auto& [option, value] : startup->options)
        if (option == "COMPRESSION")
            compression_ = compression_named(value);
}

void Recording::remember(const Response& response)
{
    const auto* const result = std::get_if<ResultResponse>(&response);
    const auto* const prepared = result ? std::get_if<PreparedResult>(&result->body) : nullptr;
    if (prepared && prepared->result_metadata.columns)
        prepared_[{prepared->id.begin(), prepared->id.end()}] = prepared->result_metadata.columns;
}

void Recording::check(const Exchange& exchange)
{
    for (const auto& event : exchange.events) {
        const auto header = parse_header(header_bytes(event));
        if (header.opcode != Opcode::event || header.stream != -1)
            throw Mismatch{"an event of another opcode or stream"};
        check_response(event);
    }
    left_out_ = nullptr;
    if (!check_request(exchange.request) && !is_error(exchange.response))
        throw Mismatch{"a request that this library refuses, and the server did not"};
    check_response(exchange.response);
}

}
