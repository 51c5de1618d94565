#pragma once

#include <string_view>

namespace coodie::detail {

/// The first word of a text, behind blanks and comments.
std::string_view first_word(std::string_view cql) noexcept;

/// The text is a USE, whatever its case and the comments before it.
bool is_use(std::string_view cql) noexcept;

}
