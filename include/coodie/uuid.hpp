#pragma once

#include <array>
#include <compare>
#include <coodie/export.hpp>
#include <coodie/scalar_codecs.hpp>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace coodie {

/// 16 bytes, most significant first (RFC 4122). All zero unless made otherwise.
struct COODIE_API Uuid
{
    std::array<std::byte, 16> bytes{};

    static Uuid random(); ///< version 4, from the system's random source
    /// Reads "123e4567-e89b-12d3-a456-426614174000", in either case and no other form.
    static std::optional<Uuid> parse(std::string_view text) noexcept;
    std::string to_string() const;

    unsigned version() const noexcept { return std::to_integer<unsigned>(bytes[6] >> 4U); }

    friend bool operator==(const Uuid&, const Uuid&) = default;
    friend std::strong_ordering operator<=>(const Uuid&, const Uuid&) = default;
};

namespace detail {

template <class T, TypeId Id> struct UuidCodec
{
    static constexpr std::size_t packed = 16;
    static const DataType& type() { return plain_type<Id>(); }
    static std::size_t size(const T&) noexcept { return 16; }
    static std::byte* store(std::byte* out, const T& value) noexcept
    {
        std::memcpy(out, value.bytes.data(), 16);
        return out + 16;
    }
    static bool load(std::span<const std::byte> in, T& value) noexcept
    {
        if (in.size() != 16)
            return false;
        std::memcpy(value.bytes.data(), in.data(), 16);
        return true;
    }
};

}

/// uuid, and timeuuid as well.
template <> struct Codec<Uuid> : detail::UuidCodec<Uuid, TypeId::uuid>
{
    static bool accepts(const DataType& server) { return server.id == TypeId::uuid || server.id == TypeId::timeuuid; }
};

}

template <> struct std::hash<coodie::Uuid>
{
    std::size_t operator()(const coodie::Uuid& uuid) const noexcept
    {
        std::array<std::uint64_t, 2> halves;
        std::memcpy(halves.data(), uuid.bytes.data(), 16);
        return (halves[0] ^ (halves[1] >> 32U)) * 0x9E3779B97F4A7C15U ^ halves[1];
    }
};
