#pragma once

#include "lib/cluster/control_line.hpp"
#include "lib/cluster/host_registry.hpp"
#include "lib/metadata/node_rows.hpp"
#include "lib/metadata/schema_refresh.hpp"

namespace coodie::detail {

// What the control connection reads on its line. Nothing is called once the line is lost or closed.

struct HostsRead
{
    Error error = {}; ///< the node does not answer, and no other question will help
    metadata::ClusterDescription cluster = {};
    bool is_readable = false; ///< false: the node answers, but tells nothing of itself
};
void read_hosts(const std::shared_ptr<ControlLine>& line, std::function<void(HostsRead)> done);

/// Errors: those of any question, but for tables that not every server has.
using SchemaRead = std::function<void(const Error&, metadata::SchemaRefresh::Outcome)>;
void read_schema(const std::shared_ptr<ControlLine>& line, metadata::SchemaRefresh refresh, std::int32_t page_size,
                 SchemaRead done);

/// The nodes as hosts, at the addresses where they are reached from here. `contact`: where the first of them was
/// reached, if it is the node that was asked. Names that a translator gives are resolved; hosts of names that cannot
/// be are left out with a warning.
void find_targets(LoopState& loop, const ClusterOptions& options, const metadata::ClusterDescription& cluster,
                  const Target& contact, std::function<void(std::vector<FoundHost>)> done);
/// Hosts of which no more is known than where they are.
std::vector<FoundHost> hosts_at(const std::vector<Target>& targets);

}
