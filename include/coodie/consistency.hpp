#pragma once

#include <coodie/export.hpp>
#include <cstdint>
#include <optional>
#include <string_view>

namespace coodie {

/// [consistency] (CQL v4 section 3). A code that this list does not know keeps its number.
enum class Consistency : std::uint16_t
{
    any = 0x0000,
    one = 0x0001,
    two = 0x0002,
    three = 0x0003,
    quorum = 0x0004,
    all = 0x0005,
    local_quorum = 0x0006,
    each_quorum = 0x0007,
    serial = 0x0008,
    local_serial = 0x0009,
    local_one = 0x000A,
};

/// "LOCAL_QUORUM"; "UNKNOWN" for a code outside the list.
COODIE_API std::string_view name_of(Consistency consistency) noexcept;

/// Reads "LOCAL_QUORUM" in any case.
COODIE_API std::optional<Consistency> consistency_named(std::string_view name) noexcept;

constexpr bool is_serial(Consistency consistency) noexcept
{
    return consistency == Consistency::serial || consistency == Consistency::local_serial;
}

}
