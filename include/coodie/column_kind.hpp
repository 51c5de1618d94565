#pragma once

#include <cstdint>

namespace coodie {

/// What a column is in its table, in the order in which columns are listed.
enum class ColumnKind : std::uint8_t
{
    partition_key,
    clustering,
    static_,
    regular,
};

}
