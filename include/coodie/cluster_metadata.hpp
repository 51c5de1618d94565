#pragma once

#include <coodie/host.hpp>
#include <coodie/metadata.hpp>
#include <vector>

namespace coodie {

/// A cluster as a session knew it at one moment.
/// Threads: a value; what it points to never changes, but for whether a host is up.
struct ClusterMetadata
{
    std::string cluster_name = {};                       ///< empty: no server was asked, see SessionOptions::metadata
    std::string partitioner = {};                        ///< its class, as the servers name it
    std::vector<std::shared_ptr<const Host>> hosts = {}; ///< that are there, in the order in which the session met them
    /// Never null. Of no keyspace while it could not be read, and where SessionOptions::schema_metadata is false.
    std::shared_ptr<const SchemaMetadata> schema = std::make_shared<const SchemaMetadata>();
};

}
