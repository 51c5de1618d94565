#include "allocations.hpp"

#include <cstdlib>
#include <new>

namespace {

thread_local std::size_t allocated = 0;

}

void* operator new(std::size_t size)
{
    allocated += size;
    if (auto* memory = std::malloc(size == 0 ? 1 : size))
        return memory;
    throw std::bad_alloc{};
}

void operator delete(void* memory) noexcept
{
    std::free(memory);
}

void operator delete(void* memory, std::size_t) noexcept
{
    std::free(memory);
}

namespace vectors {

AllocationMeter::AllocationMeter() noexcept : before_{allocated} {}

std::size_t AllocationMeter::bytes() const noexcept
{
    return allocated - before_;
}

}
