#pragma once

#include <coodie/load_balancing.hpp>

namespace coodie::policies {

/// Whether the allow and deny lists leave the host.
bool is_allowed(const LoadBalancingOptions& options, const Host& host);

/// What options mean in this cluster.
std::string_view local_datacenter(const LoadBalancingOptions& options, const ClusterMembers& members);

}
