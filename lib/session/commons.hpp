#pragma once

#include "lib/base/latest.hpp"
#include "lib/cluster/snapshot.hpp"
#include "lib/session/prepared_hosts.hpp"
#include "lib/session/shared_statements.hpp"

namespace coodie::detail {

/// What all loops of a session have in common. Threads: any.
struct Commons
{
    Commons(std::string keyspace_name, std::size_t statement_capacity)
        : keyspace{std::move(keyspace_name)}, statements{statement_capacity}
    {
    }
    Latest<std::string> keyspace;
    Latest<std::shared_ptr<const ClusterSnapshot>> snapshot; ///< null before the first one
    SharedStatements statements;
    PreparedHosts prepared_hosts;
};

}
