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

std::string_view without_brackets(std::string_view name)
{
    return name.starts_with('[') && name.ends_with(']') ? name.substr(1, name.size() - 2) : name;
}

std::string with_port_of(const HostDescription& host, std::string_view translated)
{
    if (translated.empty())
        return host.address;
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
    const auto name = address.substr(0, end_of_host(address));
    for (const auto key : {address, name, without_brackets(name)})
        if (const auto found = addresses_.find(key); found != addresses_.end())
            return with_port_of(host, found->second);
    return host.address;
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
