#pragma once

#include <coodie/init.hpp>

namespace coodie::detail {

/// What of the options a session takes.
SessionOptions session_options(const InitOptions& options);
/// Errors: errc::configuration for what cannot go together, naming both. No server is asked.
Error check(const InitOptions& options);

/// What the options ask for, once they are checked.
void make_driver(InitOptions options, DriverHandler handler);

}
