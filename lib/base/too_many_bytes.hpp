#pragma once

#include <coodie/error.hpp>

namespace coodie::detail {

/// The refusal of values that have `size` bytes together, above ValueBuffer::max_bytes.
Error too_many_bytes(std::size_t size);

}
