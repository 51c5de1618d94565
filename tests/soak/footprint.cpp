#include "footprint.hpp"

#include <filesystem>
#include <fstream>
#include <unistd.h>

namespace soak {

namespace {

std::size_t entries_of(const char* folder)
{
    std::size_t count = 0;
    for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator{folder})
        ++count;
    return count;
}

std::size_t resident_pages()
{
    std::size_t all = 0, resident = 0;
    std::ifstream{"/proc/self/statm"} >> all >> resident;
    return resident;
}

}

Footprint Footprint::now()
{
    return {.resident = resident_pages() * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE)),
            .descriptors = entries_of("/proc/self/fd"),
            .threads = entries_of("/proc/self/task")};
}

std::string Footprint::to_string() const
{
    return std::to_string(resident >> 20U) + " MiB, " + std::to_string(descriptors) + " descriptors, " +
           std::to_string(threads) + " threads";
}

}
