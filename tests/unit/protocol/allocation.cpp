#include "allocation.hpp"

#include <algorithm>
#include <cstdlib>
#include <new>

namespace {

std::ptrdiff_t live = 0;
std::ptrdiff_t most = 0;

// Each block remembers its size in front of it.
constexpr std::size_t front = alignof(std::max_align_t);

void* allocate(std::size_t size)
{
    auto* const block = static_cast<std::size_t*>(std::malloc(front + size));
    if (!block)
        throw std::bad_alloc{};
    *block = size;
    live += static_cast<std::ptrdiff_t>(size);
    most = std::max(most, live);
    return reinterpret_cast<char*>(block) + front;
}

void release(void* memory) noexcept
{
    if (!memory)
        return;
    auto* const block = reinterpret_cast<std::size_t*>(static_cast<char*>(memory) - front);
    live -= static_cast<std::ptrdiff_t>(*block);
    std::free(block);
}

}

AllocationPeak::AllocationPeak() noexcept : start_{live}
{
    most = live;
}

std::size_t AllocationPeak::peak() const noexcept
{
    return static_cast<std::size_t>(most - start_);
}

void* operator new(std::size_t size)
{
    return allocate(size);
}
void* operator new[](std::size_t size)
{
    return allocate(size);
}
void operator delete(void* memory) noexcept
{
    release(memory);
}
void operator delete[](void* memory) noexcept
{
    release(memory);
}
void operator delete(void* memory, std::size_t) noexcept
{
    release(memory);
}
void operator delete[](void* memory, std::size_t) noexcept
{
    release(memory);
}
