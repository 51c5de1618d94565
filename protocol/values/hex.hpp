#pragma once

#include <cstddef>
#include <string_view>

namespace coodie::protocol {

/// Writes text.size() / 2 bytes; false when the text is no pairs of hex digits.
bool read_hex(std::string_view text, std::byte* out) noexcept;

}
