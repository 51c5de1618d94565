#pragma once

#include <string_view>

namespace coodie::detail {

/// The text is a USE, whatever its case and the comments before it.
bool is_use(std::string_view cql) noexcept;

}
