#pragma once

#include <coodie/metadata/replication.hpp>

namespace coodie::metadata {

/// What the options of a keyspace say. Options that make no sense give ReplicationStrategy::unknown.
Replication read_replication(std::map<std::string, std::string> options);

}
