#include <algorithm>
#include <charconv>
#include <coodie/blob.hpp>
#include <coodie/varint.hpp>
#include <protocol/values/magnitude.hpp>

namespace coodie {

namespace {

bool is_digit(char sign) noexcept
{
    return sign >= '0' && sign <= '9';
}

std::span<const std::byte> shortest(std::span<const std::byte> bytes) noexcept
{
    const auto is_sign_only = [](std::byte first, std::byte second) {
        const bool negative = (second & std::byte{0x80}) != std::byte{0};
        return first == (negative ? std::byte{0xFF} : std::byte{0});
    };
    while (bytes.size() > 1 && is_sign_only(bytes[0], bytes[1]))
        bytes = bytes.subspan(1);
    return bytes;
}

template <class T> T extended(std::span<const std::byte> bytes) noexcept
{
    T value = !bytes.empty() && (bytes[0] & std::byte{0x80}) != std::byte{0} ? -1 : 0;
    for (const auto byte : bytes)
        value = static_cast<T>(value * 256 + std::to_integer<int>(byte));
    return value;
}

}

Varint Varint::from_bytes(std::span<const std::byte> bytes)
{
    bytes = shortest(bytes);
    Varint number;
    if (bytes.size() <= sizeof number.small_)
        number.small_ = extended<std::int64_t>(bytes);
    else
        number.large_.assign(bytes.begin(), bytes.end());
    return number;
}

Varint Varint::from_unsigned(std::uint64_t value)
{
    std::array<std::byte, 9> bytes{};
    detail::store_integer(bytes.data() + 1, value);
    return from_bytes(bytes);
}

Varint Varint::from_int128(Int128 value)
{
    std::array<std::byte, 16> bytes;
    for (auto n = bytes.size(); n-- > 0; value >>= 8)
        bytes[n] = static_cast<std::byte>(value & 0xFF);
    return from_bytes(bytes);
}

std::optional<Varint> Varint::parse(std::string_view text)
{
    const bool negative = text.starts_with('-');
    if (negative || text.starts_with('+'))
        text.remove_prefix(1);
    if (text.empty() || text.size() > max_digits || !std::ranges::all_of(text, is_digit))
        return std::nullopt;
    return from_bytes(protocol::Magnitude::from_decimal(text).to_twos_complement(negative));
}

std::string Varint::to_string() const
{
    if (large_.empty())
        return std::to_string(small_);
    if (large_.size() > max_printed_bytes)
        return "0x" + to_hex(large_);
    return (is_negative() ? "-" : "") + protocol::Magnitude::from_twos_complement(large_).to_decimal();
}

std::optional<std::int64_t> Varint::to_int64() const noexcept
{
    if (!large_.empty())
        return std::nullopt;
    return small_;
}

std::optional<Int128> Varint::to_int128() const noexcept
{
    if (large_.size() > sizeof(Int128))
        return std::nullopt;
    return large_.empty() ? Int128{small_} : extended<Int128>(large_);
}

std::size_t Varint::size() const noexcept
{
    if (!large_.empty())
        return large_.size();
    const auto without_sign = static_cast<std::uint64_t>(small_ < 0 ? ~small_ : small_);
    return static_cast<std::size_t>(std::bit_width(without_sign)) / 8 + 1;
}

std::byte* Varint::store(std::byte* out) const noexcept
{
    if (!large_.empty())
        return std::ranges::copy(large_, out).out;
    const auto count = size();
    auto rest = static_cast<std::uint64_t>(small_);
    for (auto n = count; n-- > 0; rest >>= 8U)
        out[n] = static_cast<std::byte>(rest);
    return out + count;
}

std::strong_ordering Varint::operator<=>(const Varint& other) const noexcept
{
    if (is_negative() != other.is_negative())
        return is_negative() ? std::strong_ordering::less : std::strong_ordering::greater;
    if (large_.empty() && other.large_.empty())
        return small_ <=> other.small_;
    if (large_.size() == other.large_.size())
        return large_ <=> other.large_;
    const bool longer = large_.size() > other.large_.size();
    return longer != is_negative() ? std::strong_ordering::greater : std::strong_ordering::less;
}

bool Varint::operator==(const Varint& other) const noexcept = default;

bool Codec<Varint>::load(std::span<const std::byte> in, Varint& value)
{
    if (in.empty())
        return false;
    value = Varint::from_bytes(in);
    return true;
}

}
