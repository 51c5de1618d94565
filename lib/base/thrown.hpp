#pragma once

#include <coodie/error.hpp>
#include <string_view>

namespace coodie::detail {

/// What code of the user's threw just now, as a value that names whose it is: inside a `catch (...)`.
/// What is no CoodieError is errc::configuration: it was the options that named this code.
Error thrown_by(std::string_view who);

}
