#pragma once

#include <array>
#include <coodie/codec.hpp>
#include <coodie/error.hpp>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace coodie::protocol {

// The notations of CQL v4 section 3 that C++ has no word for. All are views into the body they were read from.

using Bytes = std::span<const std::byte>;

/// [string map]: in the order sent, duplicates kept.
using StringMap = std::vector<std::pair<std::string_view, std::string_view>>;
/// [string list]
using StringList = std::vector<std::string_view>;
/// [string multimap]
using StringMultimap = std::vector<std::pair<std::string_view, StringList>>;
/// [bytes map], a custom payload. A null value stays distinct from an empty one.
using BytesMap = std::vector<std::pair<std::string_view, Cell>>;

/// [inet]: an address and a port as sent; ports outside 1 to 65 535 are possible.
struct InetAddress
{
    std::array<std::byte, 16> bytes{};
    std::uint8_t size = 4; ///< 4 or 16
    std::int32_t port = 0;

    std::span<const std::byte> address() const noexcept { return {bytes.data(), size}; }
    friend bool operator==(const InetAddress&, const InetAddress&) = default;
};

/// A [bytes] or [value] of these bytes.
inline Cell cell_of(Bytes bytes) noexcept
{
    return {bytes.data(), static_cast<std::int32_t>(bytes.size())};
}

inline constexpr std::size_t max_short = 65'535;
inline constexpr std::size_t max_int = 2'147'483'647;

// Sizes on the wire, lengths included.
constexpr std::size_t string_size(std::string_view text) noexcept
{
    return 2 + text.size();
}
constexpr std::size_t long_string_size(std::string_view text) noexcept
{
    return 4 + text.size();
}
constexpr std::size_t short_bytes_size(Bytes bytes) noexcept
{
    return 2 + bytes.size();
}
inline std::size_t bytes_size(Cell bytes) noexcept
{
    return 4 + bytes.bytes().size();
}
std::size_t string_list_size(const StringList& list) noexcept;
std::size_t string_map_size(const StringMap& map) noexcept;
std::size_t string_multimap_size(const StringMultimap& map) noexcept;
std::size_t bytes_map_size(const BytesMap& map) noexcept;

// Refusals of what the notations cannot carry, before a byte is written. `what` names it in the sentence.
// Errors: errc::invalid_query.
Error check_string(std::string_view what, std::string_view text);
Error check_long_string(std::string_view what, std::string_view text);
Error check_short_bytes(std::string_view what, Bytes bytes);
Error check_bytes(std::string_view what, std::size_t size);
Error check_count(std::string_view what, std::size_t count);

}
