#pragma once

#include <coodie/load_balancing.hpp>

namespace coodie::policies {

/// "[::1]:9042" is named by "[::1]:9042", "[::1]" and "::1".
bool names_address(std::string_view name, std::string_view address);

/// Whether the allow and deny lists leave the host.
bool is_allowed(const LoadBalancingOptions& options, const Host& host);

/// What options mean in this cluster.
std::string_view local_datacenter(const LoadBalancingOptions& options, const ClusterMembers& members);

}
