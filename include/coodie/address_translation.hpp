#pragma once

#include <coodie/host.hpp>
#include <functional>
#include <map>

namespace coodie {

/// Where to connect to a host that the cluster knows by an address which cannot be reached from here. Contact points
/// are not translated.
/// Threads: called on any loop.
class COODIE_API AddressTranslator
{
public:
    virtual ~AddressTranslator();
    /// "host:port"; the host may be a name. What has no port gets that of the original, and
    /// an empty answer means the original. A host is left out, with a warning, if its answer is no address or this
    /// throws.
    virtual std::string translate(const HostDescription& host) const = 0;
};

class COODIE_API IdentityTranslator final : public AddressTranslator
{
public:
    std::string translate(const HostDescription& host) const override;
};

/// By a table from "10.0.0.1:9042", or "10.0.0.1" for every port, to "gate:19042" or "gate". What is not in it stays.
class COODIE_API FixedAddresses final : public AddressTranslator
{
public:
    explicit FixedAddresses(std::map<std::string, std::string, std::less<>> addresses);
    std::string translate(const HostDescription& host) const override;

private:
    std::map<std::string, std::string, std::less<>> addresses_;
};

/// By a function of the user.
class COODIE_API FunctionTranslator final : public AddressTranslator
{
public:
    explicit FunctionTranslator(std::function<std::string(const HostDescription&)> function);
    std::string translate(const HostDescription& host) const override;

private:
    std::function<std::string(const HostDescription&)> function_;
};

}
