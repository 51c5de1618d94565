// Preloaded into a client, stands before the C library's malloc and its kin and counts the calls. operator new calls
// malloc, so one counter sees every client's memory, the C++ ones and the C ones, by the same rule.
#include <atomic>
#include <cerrno>
#include <cstddef>
#include <cstdint>

extern "C" {

void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t count, std::size_t size);
void* __libc_realloc(void* old, std::size_t size);
void* __libc_memalign(std::size_t alignment, std::size_t size);

static std::atomic<std::uint64_t> allocations;
static std::atomic<std::uint64_t> allocated_bytes;

static void count(std::size_t size)
{
    allocations.fetch_add(1, std::memory_order_relaxed);
    allocated_bytes.fetch_add(size, std::memory_order_relaxed);
}

std::uint64_t bench_allocations()
{
    return allocations.load(std::memory_order_relaxed);
}

std::uint64_t bench_allocated_bytes()
{
    return allocated_bytes.load(std::memory_order_relaxed);
}

void* malloc(std::size_t size)
{
    count(size);
    return __libc_malloc(size);
}

void* calloc(std::size_t n, std::size_t size)
{
    count(n * size);
    return __libc_calloc(n, size);
}

void* realloc(void* old, std::size_t size)
{
    count(size);
    return __libc_realloc(old, size);
}

void* memalign(std::size_t alignment, std::size_t size)
{
    count(size);
    return __libc_memalign(alignment, size);
}

void* aligned_alloc(std::size_t alignment, std::size_t size)
{
    return memalign(alignment, size);
}

int posix_memalign(void** out, std::size_t alignment, std::size_t size)
{
    *out = memalign(alignment, size);
    return *out == nullptr ? ENOMEM : 0;
}
}
