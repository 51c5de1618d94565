#pragma once

#include <coodie/driver.hpp>
#include <memory>
#include <string>
#include <string_view>

namespace coodie {

/// Keeps a driver under a name; the first one, or one with `make_default`, answers for the empty name.
/// A name that is taken is replaced. Threads: any.
COODIE_API void register_driver(std::string name, std::shared_ptr<AbstractDriver> driver, bool make_default = false);
/// Errors: ConfigurationError naming what was asked and what there is.
COODIE_API std::shared_ptr<AbstractDriver> get_driver(std::string_view name = {});
/// Forgets it; a driver in use stays alive with its users. False: there was none.
COODIE_API bool unregister_driver(std::string_view name);

}
