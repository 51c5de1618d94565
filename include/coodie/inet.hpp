#pragma once

#include <array>
#include <compare>
#include <coodie/scalar_codecs.hpp>
#include <optional>

namespace coodie {

/// An IPv4 or IPv6 address. An IPv4 address equals itself written as IPv6 (::ffff:1.2.3.4), yet each keeps its length.
class COODIE_API Inet
{
public:
    Inet() noexcept = default; ///< 0.0.0.0
    explicit Inet(std::array<std::byte, 4> v4) noexcept { std::memcpy(bytes_.data() + 12, v4.data(), 4); }
    explicit Inet(std::array<std::byte, 16> v6) noexcept : bytes_{v6}, is_v4_{false} {}
    static std::optional<Inet> from_bytes(std::span<const std::byte> bytes) noexcept; ///< 4 or 16
    static std::optional<Inet> parse(std::string_view text) noexcept;
    std::string to_string() const;

    bool is_v4() const noexcept { return is_v4_; }
    std::span<const std::byte> bytes() const noexcept
    {
        return {bytes_.data() + (is_v4_ ? 12 : 0), std::size_t{is_v4_ ? 4U : 16U}};
    }

    friend bool operator==(const Inet& left, const Inet& right) noexcept
    {
        return std::memcmp(left.bytes_.data(), right.bytes_.data(), 16) == 0;
    }
    friend std::strong_ordering operator<=>(const Inet& left, const Inet& right) noexcept
    {
        return std::memcmp(left.bytes_.data(), right.bytes_.data(), 16) <=> 0;
    }

private:
    /// As IPv6, a mapped address for IPv4.
    std::array<std::byte, 16> bytes_{{{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, std::byte{0xFF}, std::byte{0xFF}}};
    bool is_v4_ = true;
};

template <> struct COODIE_API Codec<Inet>
{
    static const DataType& type() { return detail::plain_type<TypeId::inet>(); }
    static std::size_t size(const Inet& value) noexcept { return value.is_v4() ? 4 : 16; }
    static std::byte* store(std::byte* out, const Inet& value) noexcept;
    static bool load(std::span<const std::byte> in, Inet& value) noexcept;
};

}
