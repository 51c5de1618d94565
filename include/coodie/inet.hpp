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
    std::span<const std::byte> bytes() const noexcept { return std::span{bytes_}.subspan(is_v4_ ? 12 : 0); }

    friend bool operator==(const Inet& left, const Inet& right) noexcept { return left.bytes_ == right.bytes_; }
    friend std::strong_ordering operator<=>(const Inet& left, const Inet& right) noexcept
    {
        return left.bytes_ <=> right.bytes_;
    }

private:
    /// As IPv6, a mapped address for IPv4.
    std::array<std::byte, 16> bytes_{{{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, std::byte{0xFF}, std::byte{0xFF}}};
    bool is_v4_ = true;
};

template <> struct Codec<Inet>
{
    static const DataType& type() { return detail::plain_type<TypeId::inet>(); }
    static std::size_t size(const Inet& value) noexcept { return value.bytes().size(); }
    static std::byte* store(std::byte* out, const Inet& value) noexcept
    {
        const auto bytes = value.bytes();
        std::memcpy(out, bytes.data(), bytes.size());
        return out + bytes.size();
    }
    static bool load(std::span<const std::byte> in, Inet& value) noexcept
    {
        const auto loaded = Inet::from_bytes(in);
        value = loaded.value_or(value);
        return loaded.has_value();
    }
};

}
