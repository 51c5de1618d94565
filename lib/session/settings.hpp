#pragma once

#include "lib/connection/connection.hpp"
#include "lib/transport/contact_point.hpp"
#include <coodie/host.hpp>
#include <coodie/session.hpp>

namespace coodie::detail {

/// A host and how to dial it.
struct KnownHost
{
    std::shared_ptr<const Host> host;
    ContactPoint server;
};

/// A session's options, checked, and what follows from them. Immutable.
struct Settings
{
    SessionOptions options;
    std::vector<KnownHost> hosts; ///< by HostIndex
    ConnectionOptions connection;

    std::size_t loops() const noexcept { return options.loops.empty() ? options.threads : options.loops.size(); }

    /// Errors: errc::configuration, naming the option.
    static Result<std::shared_ptr<const Settings>> of(SessionOptions options);
};

}
