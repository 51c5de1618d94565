#pragma once

#include <cstdint>

namespace coodie {

/// A place on the ring: what the partitioner makes of a partition key.
enum class Token : std::int64_t
{
};

}
