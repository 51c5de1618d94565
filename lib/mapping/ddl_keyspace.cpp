#include "text.hpp"

namespace coodie::cql {

namespace {

std::string replication_text(const Replication& replication)
{
    Joined parts;
    if (!replication.datacenters) {
        parts += "'class': " + quoted_text(replication.strategy);
        parts += "'replication_factor': '" + std::to_string(replication.factor) + "'";
        return parts.text();
    }
    if (replication.datacenters->empty())
        refuse("a keyspace replicated by data centre names at least one of them");
    parts += "'class': 'NetworkTopologyStrategy'";
    for (const auto& [datacenter, copies] : *replication.datacenters)
        parts += quoted_text(datacenter) + ": '" + std::to_string(copies) + "'";
    return parts.text();
}

}

std::string create_keyspace(std::string_view keyspace, const Replication& replication,
                            const KeyspaceProperties& properties)
{
    return std::string{"CREATE KEYSPACE "} + (properties.if_not_exists ? "IF NOT EXISTS " : "") +
           quoted_name(keyspace) + " WITH replication = {" + replication_text(replication) + "}" +
           (properties.durable_writes ? "" : " AND durable_writes = false");
}

std::string drop_keyspace(std::string_view keyspace, bool if_exists)
{
    return (if_exists ? "DROP KEYSPACE IF EXISTS " : "DROP KEYSPACE ") + quoted_name(keyspace);
}

}
