#include <algorithm>
#include <charconv>
#include <protocol/values/magnitude.hpp>

namespace coodie::protocol {

namespace {

constexpr std::size_t chunk_digits = 9;
constexpr std::uint32_t chunk = 1'000'000'000;

std::uint32_t number(std::string_view digits) noexcept
{
    std::uint32_t value = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return value;
}

}

void negate(std::span<std::byte> bytes) noexcept
{
    bool carry = true;
    for (auto n = bytes.size(); n-- > 0;) {
        bytes[n] = ~bytes[n];
        if (carry) {
            bytes[n] = static_cast<std::byte>(std::to_integer<unsigned>(bytes[n]) + 1U);
            carry = bytes[n] == std::byte{0};
        }
    }
}

Magnitude Magnitude::from_decimal(std::string_view digits)
{
    Magnitude result;
    auto size = (digits.size() - 1) % chunk_digits + 1;
    for (; !digits.empty(); size = chunk_digits) {
        result.multiply_add(chunk, number(digits.substr(0, size)));
        digits.remove_prefix(size);
    }
    return result;
}

Magnitude Magnitude::from_twos_complement(std::span<const std::byte> bytes)
{
    std::vector<std::byte> absolute{bytes.begin(), bytes.end()};
    if (!absolute.empty() && (absolute[0] & std::byte{0x80}) != std::byte{0})
        negate(absolute);
    Magnitude result;
    result.parts_.resize((absolute.size() + 3) / 4);
    for (std::size_t n = 0; n < absolute.size(); ++n)
        result.parts_[n / 4] |= std::to_integer<std::uint32_t>(absolute[absolute.size() - 1 - n]) << (n % 4 * 8);
    while (!result.parts_.empty() && result.parts_.back() == 0)
        result.parts_.pop_back();
    return result;
}

std::string Magnitude::to_decimal() &&
{
    std::string reversed;
    while (!parts_.empty()) {
        auto rest = divide(chunk);
        for (std::size_t n = 0; n < chunk_digits; ++n, rest /= 10)
            reversed += static_cast<char>('0' + rest % 10);
    }
    while (!reversed.empty() && reversed.back() == '0')
        reversed.pop_back();
    std::ranges::reverse(reversed);
    return reversed.empty() ? "0" : reversed;
}

std::vector<std::byte> Magnitude::to_twos_complement(bool negative) const
{
    std::vector<std::byte> bytes(parts_.size() * 4 + 1);
    for (std::size_t n = 0; n + 1 < bytes.size(); ++n)
        bytes[bytes.size() - 1 - n] = static_cast<std::byte>(parts_[n / 4] >> (n % 4 * 8));
    if (negative)
        negate(bytes);
    return bytes;
}

void Magnitude::multiply_add(std::uint32_t factor, std::uint32_t summand)
{
    std::uint64_t carry = summand;
    for (auto& part : parts_) {
        carry += std::uint64_t{part} * factor;
        part = static_cast<std::uint32_t>(carry);
        carry >>= 32U;
    }
    if (carry != 0)
        parts_.push_back(static_cast<std::uint32_t>(carry));
}

std::uint32_t Magnitude::divide(std::uint32_t divisor)
{
    std::uint64_t rest = 0;
    for (auto n = parts_.size(); n-- > 0;) {
        rest = rest << 32U | parts_[n];
        parts_[n] = static_cast<std::uint32_t>(rest / divisor);
        rest %= divisor;
    }
    while (!parts_.empty() && parts_.back() == 0)
        parts_.pop_back();
    return static_cast<std::uint32_t>(rest);
}

}
