#pragma once

#include <coodie/scalar_codecs.hpp>
#include <optional>
#include <vector>

namespace coodie {

/// Bytes without meaning to the server.
using Blob = std::vector<std::byte>;

COODIE_API std::string to_hex(std::span<const std::byte> bytes); ///< "0a1b", lower case
COODIE_API std::optional<Blob> parse_hex(std::string_view text); ///< without "0x", either case
inline Blob blob(std::string_view text)                          ///< the bytes of a text
{
    const auto* begin = reinterpret_cast<const std::byte*>(text.data());
    return {begin, begin + text.size()};
}

namespace detail {

template <class T> struct BlobCodec
{
    static const DataType& type() { return plain_type<TypeId::blob>(); }
    /// Values of classes that nobody knows are bytes too.
    static bool accepts(const DataType& server) { return server.id == TypeId::blob || server.id == TypeId::custom; }
    static std::size_t size(const T& value) noexcept { return value.size(); }
    static std::byte* store(std::byte* out, const T& value) noexcept
    {
        if (!value.empty())
            std::memcpy(out, value.data(), value.size());
        return out + value.size();
    }
    static bool load(std::span<const std::byte> in, T& value)
    {
        value = T(in.begin(), in.end());
        return true;
    }
};

}

template <> struct Codec<Blob> : detail::BlobCodec<Blob>
{
};
/// Lifetime: what is loaded is a view into the Rows that it came from.
template <> struct Codec<std::span<const std::byte>> : detail::BlobCodec<std::span<const std::byte>>
{
    static constexpr bool is_view = true;
};

}
