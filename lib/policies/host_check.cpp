#include <algorithm>
#include <lib/policies/host_filter.hpp>
#include <set>

namespace coodie {

namespace {

using policies::is_allowed;
using Names = std::set<std::string, std::less<>>;

Error wrong(std::string sentence)
{
    return {errc::configuration, "load balancing: " + std::move(sentence)};
}

std::string quoted(std::string_view name)
{
    return "'" + std::string{name} + "'";
}

std::string listed(const Names& names)
{
    std::string text;
    for (const auto& name : names)
        text += (text.empty() ? "" : ", ") + quoted(name);
    return text.empty() ? "none" : text;
}

Names datacenters_of(const ClusterMembers& members)
{
    Names names;
    for (const auto& host : members.hosts)
        if (host)
            names.insert(host->datacenter());
    return names;
}

Error check_contradictions(const LoadBalancingOptions& options)
{
    if (options.hosts_per_remote_datacenter != 0)
        return {};
    if (!options.preferred_remote_datacenters.empty())
        return wrong("preferred_remote_datacenters has no use while hosts_per_remote_datacenter is 0; set it to how "
                     "many hosts of each may be used");
    if (options.remote_for_local_consistency)
        return wrong("remote_for_local_consistency has no use while hosts_per_remote_datacenter is 0; set it to how "
                     "many hosts of each datacenter may be used");
    return {};
}

Error check_datacenter(const Names& existing, std::string_view name, std::string_view option)
{
    if (existing.contains(name))
        return {};
    return wrong("no host is in the datacenter " + quoted(name) + " of " + std::string{option} + "; the cluster has " +
                 listed(existing));
}

Error check_datacenters(const LoadBalancingOptions& options, const Names& existing)
{
    if (!options.local_datacenter.empty())
        if (auto error = check_datacenter(existing, options.local_datacenter, "local_datacenter"))
            return error;
    for (const auto& name : options.preferred_remote_datacenters)
        if (auto error = check_datacenter(existing, name, "preferred_remote_datacenters"))
            return error;
    return {};
}

Names usable_addresses(const LoadBalancingOptions& options, const ClusterMembers& members)
{
    Names addresses;
    for (const auto& host : members.hosts)
        if (host && is_allowed(options, *host))
            addresses.insert(host->address());
    return addresses;
}

/// With no local host left, nothing could be sent where options do not allow to leave.
Error check_lists(const LoadBalancingOptions& options, const ClusterMembers& members)
{
    const std::string leave = "the lists of allowed and denied hosts leave none ";
    if (usable_addresses(options, members).empty())
        return wrong(leave + "of the cluster; allow one of " + listed(usable_addresses({}, members)));

    const auto local = policies::local_datacenter(options, members);
    const auto usable = [&](const auto& host) {
        return host && host->datacenter() == local && is_allowed(options, *host);
    };
    if (options.hosts_per_remote_datacenter != 0 || std::ranges::any_of(members.hosts, usable))
        return {};
    return wrong(leave + "in the local datacenter " + quoted(local) +
                 "; allow one there, or let requests leave it by hosts_per_remote_datacenter");
}

}

Error DefaultLoadBalancingPolicy::check(const ClusterMembers& members) const
{
    if (auto error = check_contradictions(options_))
        return error;
    if (auto error = check_datacenters(options_, datacenters_of(members)))
        return error;
    return check_lists(options_, members);
}

}
