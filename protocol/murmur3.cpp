#include <bit>
#include <limits>
#include <protocol/murmur3.hpp>

namespace coodie::protocol {

static_assert(std::endian::native == std::endian::little);

namespace {

constexpr std::size_t block_size = 16;

template <class T> std::uint64_t load(const std::byte* in) noexcept
{
    T value;
    std::memcpy(&value, in, sizeof value);
    return value;
}

/// Up to eight bytes, the first lowest. Loads overlap instead of looping.
std::uint64_t load_some(const std::byte* in, std::size_t size) noexcept
{
    if (size >= 8)
        return load<std::uint64_t>(in);
    if (size >= 4)
        return load<std::uint32_t>(in) | load<std::uint32_t>(in + size - 4) << 8 * (size - 4);
    if (size == 0)
        return 0;
    return load<std::uint8_t>(in) | load<std::uint8_t>(in + size / 2) << 8 * (size / 2) |
           load<std::uint8_t>(in + size - 1) << 8 * (size - 1);
}

/// What XORing the bytes one by one, each sign-extended and shifted to its place, gives: every negative byte turns all
/// bytes above it over, so a byte is turned when the number of negative ones below it is odd.
constexpr std::uint64_t sign_extended(std::uint64_t bytes) noexcept
{
    constexpr std::uint64_t ones = 0x0101010101010101U;
    const auto negative = bytes >> 7U & ones;
    const auto negative_below = negative * (ones << 8U);
    return bytes ^ (negative_below & ones) * 0xffU;
}

constexpr std::uint64_t mix_first(std::uint64_t bits) noexcept
{
    return std::rotl(bits * 0x87c37b91114253d5U, 31) * 0x4cf5ad432745937fU;
}

constexpr std::uint64_t mix_second(std::uint64_t bits) noexcept
{
    return std::rotl(bits * 0x4cf5ad432745937fU, 33) * 0x87c37b91114253d5U;
}

}

Token murmur3_token(Bytes key) noexcept
{
    std::uint64_t first = 0;
    std::uint64_t second = 0;
    const auto* at = key.data();
    for (auto blocks = key.size() / block_size; blocks != 0; --blocks, at += block_size) {
        first ^= mix_first(load<std::uint64_t>(at));
        first = (std::rotl(first, 27) + second) * 5 + 0x52dce729U;
        second ^= mix_second(load<std::uint64_t>(at + 8));
        second = (std::rotl(second, 31) + first) * 5 + 0x38495ab5U;
    }
    const auto tail = key.size() % block_size;
    if (tail > 8)
        second ^= mix_second(sign_extended(load_some(at + 8, tail - 8)));
    first ^= mix_first(sign_extended(load_some(at, tail)));

    first ^= key.size();
    second ^= key.size();
    first += second;
    second += first;
    const auto token = static_cast<std::int64_t>(murmur3_finish(first) + murmur3_finish(second));
    return Token{token == std::numeric_limits<std::int64_t>::min() ? std::numeric_limits<std::int64_t>::max() : token};
}

Token cdc_token(Bytes key) noexcept
{
    if (key.size() < sizeof(std::int64_t))
        return Token{std::numeric_limits<std::int64_t>::min()};
    return Token{detail::load_integer<std::int64_t>(key.data())};
}

}
