#pragma once

#include <cstddef>

namespace vectors {

/// Counts what operator new hands out while it lives, on this thread.
class AllocationMeter
{
public:
    AllocationMeter() noexcept;
    std::size_t bytes() const noexcept;

private:
    std::size_t before_;
};

}
