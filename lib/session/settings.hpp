#pragma once

#include "lib/cluster/cluster_options.hpp"
#include "lib/session/profile.hpp"

namespace coodie::detail {

/// A session's options, checked, and what follows from them. Immutable.
struct Settings
{
    SessionOptions options;
    std::shared_ptr<const ClusterOptions> cluster;
    ConnectionOptions connection;

    BalancingPolicies balancing;
    std::vector<Profile> profiles; ///< the first is the session's own

    /// The session's own where none is called so.
    const Profile& profile_or_own(std::string_view name) const noexcept;
    /// Of all of Session::connect: names, a connection and each host's answers, one after the other, and the schema.
    std::chrono::milliseconds connect_limit() const noexcept;
    std::size_t loops() const noexcept { return options.loops.empty() ? options.threads : options.loops.size(); }

    /// Errors: errc::configuration, naming the option.
    static Result<std::shared_ptr<const Settings>> of(SessionOptions options);
};

}
