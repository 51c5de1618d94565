#pragma once

#include <cstddef>
#include <string>

namespace soak {

/// What this process has of the machine.
struct Footprint
{
    std::size_t resident = 0; ///< bytes
    std::size_t descriptors = 0;
    std::size_t threads = 0;

    static Footprint now();
    std::string to_string() const;
};

}
