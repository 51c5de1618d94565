#pragma once

#include <coodie/export.hpp>
#include <string_view>

namespace coodie {

/// The library's version, "major.minor.patch"; sent to the server as DRIVER_VERSION.
COODIE_API std::string_view version() noexcept;

}
