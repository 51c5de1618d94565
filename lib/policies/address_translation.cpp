#include <coodie/address_translation.hpp>

namespace coodie {

namespace {

/// Where the ':' before the port stands, or the end: "[::1]:9042" has one, "[::1]", "::1" and "gate" have none.
std::size_t end_of_host(std::string_view address)
{
    const auto colon = address.rfind(':');
    const bool has_port = colon != address.npos && (address.find(':') == colon || address[colon - 1] == ']');
    return has_port ? colon : address.size();
}

std::string with_port(std::string_view address, std::string_view port)
{
    if (end_of_host(address) != address.size())
        return std::string{address};
    const bool is_bare_v6 = address.find(':') != address.npos && !address.starts_with('[');
    const auto host = is_bare_v6 ? "[" + std::string{address} + "]" : std::string{address};
    return host + std::string{port};
}

std::string with_port_of(const HostDescription& host, std::string_view translated)
{
    const std::string_view address = host.address;
    return with_port(translated, address.substr(end_of_host(address)));
}

}

AddressTranslator::~AddressTranslator() = default;

std::string IdentityTranslator::translate(const HostDescription& host) const
{
    return host.address;
}

FixedAddresses::FixedAddresses(std::map<std::string, std::string, std::less<>> addresses)
    : addresses_{std::move(addresses)}
{
}

std::string FixedAddresses::translate(const HostDescription& host) const
{
    const std::string_view address = host.address;
    auto found = addresses_.find(address);
    if (found == addresses_.end())
        found = addresses_.find(address.substr(0, end_of_host(address)));
    return found == addresses_.end() ? host.address : with_port_of(host, found->second);
}

FunctionTranslator::FunctionTranslator(std::function<std::string(const HostDescription&)> function)
    : function_{std::move(function)}
{
}

std::string FunctionTranslator::translate(const HostDescription& host) const
{
    return with_port_of(host, function_(host));
}

}
