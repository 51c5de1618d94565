#include "lib/policies/host_filter.hpp"
#include "lib/session/session_loop.hpp"

// Requests for one host, whatever policies say.

namespace coodie::detail {

/// Of the hosts that are there, used or not; null: none is called so.
const Host* SessionLoop::find_pinned(const Request& request) const noexcept
{
    for (const auto& [index, known] : hosts_)
        if (policies::names_address(request.pinned_host(), known.host->address()))
            return known.host.get();
    return nullptr;
}

/// After a failure only where its retry policy says the same host.
Connection* SessionLoop::pinned_target(Request& request)
{
    const bool stays = std::exchange(request.stays, false);
    const auto* host = stays || !request.failures ? find_pinned(request) : nullptr;
    if (!host)
        return nullptr;
    request.host = host->index();
    return pools_.pick(request.host, plan_request(request));
}

Error SessionLoop::why_not_there(const Request& request) const
{
    const auto sentence = "the request is for " + request.pinned_host() + " only, ";
    const auto* host = find_pinned(request);
    if (!host)
        return {errc::no_host_available, sentence + "which is no host of this cluster"};
    const auto* pool = pools_.pool(host->index());
    if (!pool)
        return {errc::no_host_available, sentence + "which the load balancing policy ignores"};
    if (request.failures)
        return {errc::no_host_available, sentence + "and was tried there"};
    if (!pool->is_usable())
        return {errc::no_host_available, sentence + "and there is no connection to it"};
    return {errc::overloaded, sentence + "and its connections can take no more (max_in_flight); send fewer at a time"};
}

}
