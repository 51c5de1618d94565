#pragma once

#include <cstddef>

namespace test {

/// The most bytes that were allocated at once since this object was made, beyond those allocated before.
class PeakAllocation
{
public:
    PeakAllocation() noexcept;
    std::size_t bytes() const noexcept;

private:
    std::size_t before_;
};

}
