#pragma once

#include <cstddef>

/// Counts what this program's operator new gives out, between construction and `peak()`.
class AllocationPeak
{
public:
    AllocationPeak() noexcept;
    std::size_t peak() const noexcept; ///< most bytes alive at once, beyond those alive at the start

private:
    std::ptrdiff_t start_;
};
