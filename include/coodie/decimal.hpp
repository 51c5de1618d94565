#pragma once

#include <coodie/varint.hpp>

namespace coodie {

/// unscaled * 10^-scale. Equal when both parts are: 1.0 and 1.00 differ, as they do in bytes.
struct COODIE_API Decimal
{
    Varint unscaled = {};
    std::int32_t scale = 0;

    /// Reads "-12.50" and "1.25E-7"; keeps trailing zeros. Nothing when it is no number, has more than
    /// Varint::max_digits digits, or its scale does not fit.
    static std::optional<Decimal> parse(std::string_view text);
    /// "12.50", or "1.25E-7" and "1E+2147483648" where plain digits would need zeros beside them.
    std::string to_string() const;

    bool operator==(const Decimal& other) const noexcept;
};

template <> struct COODIE_API Codec<Decimal>
{
    static const DataType& type() { return detail::plain_type<TypeId::decimal>(); }
    static std::size_t size(const Decimal& value) noexcept { return 4 + value.unscaled.size(); }
    static std::byte* store(std::byte* out, const Decimal& value) noexcept;
    static bool load(std::span<const std::byte> in, Decimal& value);
};

}
