#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace coodie::protocol {

/// A natural number of any size, least significant part first, no zero part last. Work is quadratic in its size: the
/// caller bounds it.
class Magnitude
{
public:
    static Magnitude from_decimal(std::string_view digits);
    static Magnitude from_twos_complement(std::span<const std::byte> bytes); ///< of its absolute value

    std::string to_decimal() &&;
    /// Most significant byte first, with room for a sign in front.
    std::vector<std::byte> to_twos_complement(bool negative) const;

private:
    void multiply_add(std::uint32_t factor, std::uint32_t summand);
    std::uint32_t divide(std::uint32_t divisor); ///< gives the remainder

    std::vector<std::uint32_t> parts_;
};

/// Two's complement of the number with the other sign, in place.
void negate(std::span<std::byte> bytes) noexcept;

}
