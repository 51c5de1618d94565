#include "allocation.hpp"

#include <algorithm>
#include <cstdlib>
#include <malloc.h>
#include <new>

namespace {

std::size_t live = 0; // the test program has one thread
std::size_t peak = 0;

}

void* operator new(std::size_t size)
{
    void* memory = std::malloc(size);
    if (!memory)
        throw std::bad_alloc{};
    live += malloc_usable_size(memory);
    peak = std::max(peak, live);
    return memory;
}

void operator delete(void* memory) noexcept
{
    live -= malloc_usable_size(memory);
    std::free(memory);
}

void operator delete(void* memory, std::size_t) noexcept
{
    operator delete(memory);
}

namespace test {

PeakAllocation::PeakAllocation() noexcept : before_{live}
{
    peak = live;
}

std::size_t PeakAllocation::bytes() const noexcept
{
    return peak - before_;
}

}
