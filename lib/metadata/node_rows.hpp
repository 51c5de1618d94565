#pragma once

#include <coodie/rows.hpp>
#include <lib/metadata/node_description.hpp>

namespace coodie::metadata {

/// The cluster as one node sees it.
struct ClusterDescription
{
    std::string cluster_name;
    std::string partitioner;
    std::vector<NodeDescription> nodes;
    bool has_local = false; ///< the first node is the one that was asked
    std::vector<std::string> warnings;
};

/// Which table the rows of the other nodes come from. Servers before Cassandra 4, and Scylla, have no peers_v2: they
/// answer InvalidRequest, and `peers` is to be asked.
enum class PeersTable : std::uint8_t
{
    peers_v2,
    peers,
};

/// Where the node that was asked was reached.
struct Contact
{
    Inet address;
    std::uint16_t port;
};

inline constexpr std::string_view local_query = "SELECT * FROM system.local WHERE key = 'local'";
std::string_view peers_query(PeersTable table) noexcept;

/// The nodes of these rows. The node that was asked is reached where it was reached, whatever it says; others at the
/// address that they publish, or at their address among themselves when that is 0.0.0.0 or ::. Rows without host_id,
/// address, datacenter, rack or tokens, and rows that repeat a node, are left out with one warning for each kind of
/// fault.
ClusterDescription read_nodes(const Rows& local, const Rows& peers, PeersTable table, const Contact& contact);

}
