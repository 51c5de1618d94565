#include <protocol/compression.hpp>

#include <coodie/codec.hpp>
#include <lz4.h>
#include <snappy-c.h>
#include <string>

namespace coodie::protocol {
namespace {

constexpr std::size_t length_size = 4;

// No block can grow by more than this: a claim above it is false, and memory for it need not be asked for.
constexpr std::size_t largest_lz4_growth = 255;
constexpr std::size_t largest_snappy_growth = 32;

const char* chars(const std::byte* bytes)
{
    return reinterpret_cast<const char*>(bytes);
}

char* chars(std::byte* bytes)
{
    return reinterpret_cast<char*>(bytes);
}

Error corrupt(CompressionAlgorithm algorithm, const std::string& reason)
{
    return {errc::protocol, "corrupt " + std::string{name_of(algorithm)} + " body: " + reason};
}

Error too_long_to_compress(CompressionAlgorithm algorithm, std::size_t size)
{
    return {errc::invalid_query,
            "a body of " + std::to_string(size) + " bytes is too long for " + std::string{name_of(algorithm)}};
}

Result<std::vector<std::byte>> compress_lz4(Bytes body)
{
    if (body.size() > LZ4_MAX_INPUT_SIZE)
        return too_long_to_compress(CompressionAlgorithm::lz4, body.size());
    const auto size = static_cast<int>(body.size());
    std::vector<std::byte> out(length_size + static_cast<std::size_t>(LZ4_compressBound(size)));
    auto* const block = detail::store_integer(out.data(), size);
    const auto written = LZ4_compress_default(chars(body.data()), chars(block), size, LZ4_compressBound(size));
    out.resize(length_size + static_cast<std::size_t>(written));
    return out;
}

Result<std::vector<std::byte>> compress_snappy(Bytes body)
{
    if (body.size() > max_int)
        return too_long_to_compress(CompressionAlgorithm::snappy, body.size());
    auto size = snappy_max_compressed_length(body.size());
    std::vector<std::byte> out(size);
    if (snappy_compress(chars(body.data()), body.size(), chars(out.data()), &size) != SNAPPY_OK)
        return too_long_to_compress(CompressionAlgorithm::snappy, body.size());
    out.resize(size);
    return out;
}

Result<std::size_t> claimed_lz4_size(Bytes compressed)
{
    if (compressed.size() < length_size)
        return corrupt(CompressionAlgorithm::lz4, "shorter than the length in front of it");
    return std::size_t{detail::load_integer<std::uint32_t>(compressed.data())};
}

Result<std::size_t> claimed_snappy_size(Bytes compressed)
{
    std::size_t size = 0;
    if (snappy_uncompressed_length(chars(compressed.data()), compressed.size(), &size) != SNAPPY_OK)
        return corrupt(CompressionAlgorithm::snappy, "no length in front of it");
    return size;
}

Error decompress_lz4(Bytes compressed, std::span<std::byte> out)
{
    if (out.empty())
        return {};
    const auto block = compressed.subspan(length_size);
    const auto size = LZ4_decompress_safe(chars(block.data()), chars(out.data()), static_cast<int>(block.size()),
                                          static_cast<int>(out.size()));
    if (size < 0 || static_cast<std::size_t>(size) != out.size())
        return corrupt(CompressionAlgorithm::lz4, "not the " + std::to_string(out.size()) + " bytes that it claims");
    return {};
}

Error decompress_snappy(Bytes compressed, std::span<std::byte> out)
{
    auto size = out.size();
    std::byte nowhere{};
    auto* const target = out.empty() ? &nowhere : out.data();
    if (snappy_uncompress(chars(compressed.data()), compressed.size(), chars(target), &size) != SNAPPY_OK ||
        size != out.size())
        return corrupt(CompressionAlgorithm::snappy, "not the " + std::to_string(out.size()) + " bytes it claims");
    return {};
}

std::size_t largest_growth(CompressionAlgorithm algorithm)
{
    return algorithm == CompressionAlgorithm::lz4 ? largest_lz4_growth : largest_snappy_growth;
}

}

std::string_view name_of(CompressionAlgorithm algorithm) noexcept
{
    return algorithm == CompressionAlgorithm::lz4 ? "lz4" : "snappy";
}

std::optional<CompressionAlgorithm> compression_named(std::string_view name) noexcept
{
    for (const auto algorithm : {CompressionAlgorithm::lz4, CompressionAlgorithm::snappy})
        if (name == name_of(algorithm))
            return algorithm;
    return {};
}

Result<std::vector<std::byte>> compress(CompressionAlgorithm algorithm, Bytes body)
{
    return algorithm == CompressionAlgorithm::lz4 ? compress_lz4(body) : compress_snappy(body);
}

Result<std::size_t> decompressed_size(CompressionAlgorithm algorithm, Bytes compressed, std::size_t max_body)
{
    auto size = algorithm == CompressionAlgorithm::lz4 ? claimed_lz4_size(compressed) : claimed_snappy_size(compressed);
    if (!size)
        return size;
    if (*size > max_body || *size > max_int)
        return corrupt(algorithm,
                       "it claims " + std::to_string(*size) + " bytes, above the limit of " + std::to_string(max_body));
    if (*size > largest_growth(algorithm) * compressed.size())
        return corrupt(algorithm, std::to_string(compressed.size()) + " bytes cannot hold the " +
                                      std::to_string(*size) + " that they claim");
    return size;
}

Error decompress(CompressionAlgorithm algorithm, Bytes compressed, std::span<std::byte> out)
{
    return algorithm == CompressionAlgorithm::lz4 ? decompress_lz4(compressed, out)
                                                  : decompress_snappy(compressed, out);
}

Result<std::vector<std::byte>> decompress(CompressionAlgorithm algorithm, Bytes compressed, std::size_t max_body)
{
    const auto size = decompressed_size(algorithm, compressed, max_body);
    if (!size)
        return size.error();
    std::vector<std::byte> out(*size);
    if (auto error = decompress(algorithm, compressed, std::span{out}))
        return error;
    return out;
}

}
