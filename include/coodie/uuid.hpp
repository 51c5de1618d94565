#pragma once

#include <array>
#include <compare>
#include <coodie/codec.hpp>
#include <coodie/export.hpp>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace coodie {

/// 16 bytes, most significant first (RFC 4122). All zero unless made otherwise.
struct COODIE_API Uuid
{
    std::array<std::byte, 16> bytes{};

    static Uuid random(); ///< version 4, from the system's random source
    static std::optional<Uuid> parse(std::string_view text) noexcept;
    std::string to_string() const;

    friend bool operator==(const Uuid&, const Uuid&) = default;
    friend std::strong_ordering operator<=>(const Uuid&, const Uuid&) = default;
};

}
