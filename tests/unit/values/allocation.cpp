#include "allocation.hpp"

#include <algorithm>
#include <cstdlib>
#include <malloc.h>
#include <new>

namespace {

std::size_t live_bytes = 0; // the test program has one thread
std::size_t peak_bytes = 0;

}

void* operator new(std::size_t size)
{
    void* memory = std::malloc(size);
    if (!memory)
        throw std::bad_alloc{};
    live_bytes += malloc_usable_size(memory);
    peak_bytes = std::max(peak_bytes, live_bytes);
    return memory;
}

void operator delete(void* memory) noexcept
{
    live_bytes -= malloc_usable_size(memory);
    std::free(memory);
}

void operator delete(void* memory, std::size_t) noexcept
{
    operator delete(memory);
}

namespace test {

PeakAllocation::PeakAllocation() noexcept : before_{live_bytes}
{
    peak_bytes = live_bytes;
}

std::size_t PeakAllocation::bytes() const noexcept
{
    return peak_bytes - before_;
}

}
