#pragma once

#include <compare>
#include <coodie/scalar_codecs.hpp>
#include <optional>
#include <vector>

namespace coodie {

__extension__ using Int128 = __int128;

/// A whole number of any size. What fits 64 bits costs no allocation.
class COODIE_API Varint
{
public:
    /// Digits that are read, and bytes (as many digits, nearly) that are printed in decimal: that work is quadratic.
    static constexpr std::size_t max_digits = 20'000;
    static constexpr std::size_t max_printed_bytes = 8'304;

    Varint() noexcept = default;
    template <std::signed_integral T> Varint(T value) noexcept : small_{value} {}
    template <std::unsigned_integral T> Varint(T value) : Varint{from_unsigned(value)} {}
    static Varint from_int128(Int128 value);
    /// Two's complement, most significant byte first, of any length; no bytes are 0.
    static Varint from_bytes(std::span<const std::byte> bytes);
    /// Reads "-123"; nothing when it is no number or has more than `max_digits` digits.
    static std::optional<Varint> parse(std::string_view text);
    /// Decimal; "0x..." and its two's complement when that has more than `max_printed_bytes` bytes.
    std::string to_string() const;

    std::optional<std::int64_t> to_int64() const noexcept;
    std::optional<Int128> to_int128() const noexcept;
    bool is_negative() const noexcept
    {
        return large_.empty() ? small_ < 0 : (large_[0] & std::byte{0x80}) != std::byte{};
    }

    /// Bytes of the shortest two's complement.
    std::size_t size() const noexcept;
    std::byte* store(std::byte* out) const noexcept; ///< writes size() bytes, gives their end

    bool operator==(const Varint& other) const noexcept;
    std::strong_ordering operator<=>(const Varint& other) const noexcept;

private:
    static Varint from_unsigned(std::uint64_t value);

    std::int64_t small_ = 0;       ///< 0 when `large_` holds the number
    std::vector<std::byte> large_; ///< shortest two's complement of what does not fit 64 bits, else empty
};

template <> struct COODIE_API Codec<Varint>
{
    static const DataType& type() { return detail::plain_type<TypeId::varint>(); }
    static std::size_t size(const Varint& value) noexcept { return value.size(); }
    static std::byte* store(std::byte* out, const Varint& value) noexcept { return value.store(out); }
    static bool load(std::span<const std::byte> in, Varint& value);
};

}
