// AllocationPeak by the sanitizer's own count: libFuzzer does not bear another operator new.
#include "../unit/protocol/allocation.hpp"
#include <algorithm>
#include <sanitizer/allocator_interface.h>

namespace {

// One count a thread, since the fuzzer has one of its own beside.
thread_local std::ptrdiff_t live = 0;
thread_local std::ptrdiff_t most = 0;

void allocated(const volatile void*, std::size_t size)
{
    live += static_cast<std::ptrdiff_t>(size);
    most = std::max(most, live);
}

void released(const volatile void* memory)
{
    if (memory)
        live -= static_cast<std::ptrdiff_t>(__sanitizer_get_allocated_size(memory));
}

[[maybe_unused]] const int installed = __sanitizer_install_malloc_and_free_hooks(allocated, released);

}

AllocationPeak::AllocationPeak() noexcept : start_{live}
{
    most = live;
}

std::size_t AllocationPeak::peak() const noexcept
{
    return static_cast<std::size_t>(most - start_);
}
