#include <coodie/host.hpp>

namespace coodie {

Host::Host(HostIndex index, HostDescription description, bool is_up)
    : description_{std::move(description)}, index_{index}, shards_{description_.shards}, is_up_{is_up}
{
}

namespace detail {

std::shared_ptr<const Host> HostAccess::make(HostIndex index, HostDescription description, bool is_up)
{
    return std::shared_ptr<const Host>{new Host{index, std::move(description), is_up}};
}

void HostAccess::set_up(const Host& host, bool is_up) noexcept
{
    host.is_up_.store(is_up, std::memory_order_relaxed);
}

void HostAccess::set_shards(const Host& host, std::uint16_t shards) noexcept
{
    host.shards_.store(shards, std::memory_order_relaxed);
}

}

}
