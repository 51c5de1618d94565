#include <charconv>
#include <coodie/decimal.hpp>
#include <limits>

namespace coodie {

namespace {

/// The number after "E"; nothing when it is none.
std::optional<std::int64_t> parse_exponent(std::string_view text) noexcept
{
    if (text.starts_with('+') && !text.starts_with("+-"))
        text.remove_prefix(1);
    std::int64_t exponent = 0;
    const auto* end = text.data() + text.size();
    const auto [stopped, error] = std::from_chars(text.data(), end, exponent);
    if (error != std::errc{} || stopped != end || exponent > (1LL << 40) || exponent < -(1LL << 40))
        return std::nullopt;
    return exponent;
}

std::string with_point(std::string digits, std::size_t after)
{
    if (after == 0)
        return digits;
    if (digits.size() <= after)
        digits.insert(0, after + 1 - digits.size(), '0');
    return digits.insert(digits.size() - after, 1, '.');
}

}

std::optional<Decimal> Decimal::parse(std::string_view text)
{
    std::int64_t exponent = 0;
    if (const auto e = text.find_first_of("eE"); e != std::string_view::npos) {
        const auto parsed = parse_exponent(text.substr(e + 1));
        if (!parsed)
            return std::nullopt;
        exponent = *parsed;
        text = text.substr(0, e);
    }
    std::string digits{text.substr(0, Varint::max_digits + 2)};
    std::int64_t scale = -exponent;
    if (const auto point = digits.find('.'); point != std::string::npos) {
        scale += static_cast<std::int64_t>(digits.size() - point - 1);
        digits.erase(point, 1);
    }
    auto unscaled = digits.size() + 1 < text.size() ? std::nullopt : Varint::parse(digits);
    if (!unscaled || scale < std::numeric_limits<std::int32_t>::min() ||
        scale > std::numeric_limits<std::int32_t>::max())
        return std::nullopt;
    return Decimal{std::move(*unscaled), static_cast<std::int32_t>(scale)};
}

std::string Decimal::to_string() const
{
    auto digits = unscaled.to_string();
    const std::string sign = digits.starts_with('-') ? "-" : "";
    digits.erase(0, sign.size());
    if (digits.starts_with("0x"))
        return sign + digits + "E" + std::to_string(-std::int64_t{scale});
    const auto exponent = static_cast<std::int64_t>(digits.size()) - 1 - scale;
    if (scale >= 0 && exponent >= -6)
        return sign + with_point(std::move(digits), static_cast<std::size_t>(scale));
    const auto after = digits.size() - 1;
    return sign + with_point(std::move(digits), after) + (exponent < 0 ? "E" : "E+") + std::to_string(exponent);
}

bool Decimal::operator==(const Decimal& other) const noexcept = default;

std::byte* Codec<Decimal>::store(std::byte* out, const Decimal& value) noexcept
{
    return value.unscaled.store(detail::store_integer(out, value.scale));
}

bool Codec<Decimal>::load(std::span<const std::byte> in, Decimal& value)
{
    if (in.size() < 5)
        return false;
    value = {Varint::from_bytes(in.subspan(4)), detail::load_integer<std::int32_t>(in.data())};
    return true;
}

}
