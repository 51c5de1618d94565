#include <algorithm>
#include <lib/policies/host_filter.hpp>

namespace coodie::policies {

namespace {

using Names = std::vector<std::string>;

bool names(const Names& list, std::string_view name)
{
    return std::ranges::find(list, name) != list.end();
}

bool name_address(const Names& list, std::string_view address)
{
    return std::ranges::any_of(list, [&](const std::string& name) { return names_address(name, address); });
}

}

bool names_address(std::string_view name, std::string_view address)
{
    const auto host = address.substr(0, address.rfind(':'));
    const auto bare = host.starts_with('[') && host.ends_with(']') ? host.substr(1, host.size() - 2) : host;
    return name == address || name == host || name == bare;
}

bool is_allowed(const LoadBalancingOptions& options, const Host& host)
{
    return (options.allowed_addresses.empty() || name_address(options.allowed_addresses, host.address())) &&
           (options.allowed_datacenters.empty() || names(options.allowed_datacenters, host.datacenter())) &&
           !name_address(options.denied_addresses, host.address()) &&
           !names(options.denied_datacenters, host.datacenter());
}

std::string_view local_datacenter(const LoadBalancingOptions& options, const ClusterMembers& members)
{
    return options.local_datacenter.empty() ? members.contact_datacenter : options.local_datacenter;
}

}
