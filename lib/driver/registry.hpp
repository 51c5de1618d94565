#pragma once

#include <coodie/registry.hpp>

namespace coodie::detail {

/// As register_driver. Gives the driver that had the name, for the caller to drop where it may wait for its end.
[[nodiscard]] std::shared_ptr<AbstractDriver> replace_driver(std::string name, std::shared_ptr<AbstractDriver> driver,
                                                             bool make_default);

}
