#pragma once

#include <coodie/blob.hpp>
#include <coodie/result.hpp>
#include <nlohmann/json.hpp>
#include <protocol/writer.hpp>
#include <stdexcept>

namespace vectors {

using Json = nlohmann::json;
using coodie::Blob;
using Bytes = std::span<const std::byte>;

/// Why the library does not agree with a fact.
struct Mismatch : std::runtime_error
{
    using std::runtime_error::runtime_error;
};

/// Asks the library about `input` and throws unless it answers `expected`.
using Check = void (*)(const Json& input, const Json& expected);

struct Kind
{
    std::string_view name;
    Check check;
};

void expect(bool holds, const std::string& otherwise);
void expect_bytes(const std::string& what, Bytes actual, Bytes expected);
/// Every field of `expected` is in `actual` and the same; `actual` may have more.
void expect_fields(const Json& actual, const Json& expected);
void expect_same(const std::string& what, const Json& actual, const Json& expected);

template <class T> T accepted(const std::string& what, coodie::Result<T> result)
{
    if (!result)
        throw Mismatch{what + ": " + result.error().message()};
    return std::move(*result);
}
template <class T> void refused(const std::string& what, const coodie::Result<T>& result)
{
    expect(!result, what + ": accepted");
}

Blob bytes_of(const Json& hex);
/// Null for no bytes.
Json hex_of(const std::optional<Bytes>& bytes);
/// A number, or a text of digits where JSON's numbers are too small.
std::int64_t integer(const Json& number);
std::uint64_t natural(const Json& number);

/// What a message encodes to; throws when it is not as long as it said.
template <class Message> Blob encoded(const Message& message)
{
    Blob body(message.encoded_size());
    coodie::protocol::Writer out{body};
    message.encode(out);
    expect(out.remaining() == 0, "encode() writes less than encoded_size() says");
    return body;
}

}
