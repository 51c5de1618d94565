#pragma once

#include "cluster_session.hpp"
#include "schemas.hpp"

#include <coodie/cluster_metadata.hpp>

// How tests change the schema of ks, and what they look at then.

inline constexpr auto create_events = "CREATE TABLE ks.events (day date PRIMARY KEY)";

/// Creates the table when asked to for the first time. All nodes have the new schema then.
inline void obey(coodie::testing::FakeCluster& cluster)
{
    using namespace coodie::testing;
    cluster.on(coodie::Opcode::query).containing(create_events).reply([&cluster](const RecordedRequest&) -> Answer {
        cluster.change_schema([](FakeSchema& schema) {
            auto& tables = schema.front().tables;
            if (tables.size() == 1)
                tables.push_back(table("events", {{"day", "date"}}));
        });
        return coodie::SchemaChange{"CREATED", "TABLE", "ks", "events", {}};
    });
}

inline void disagree(coodie::testing::FakeCluster& cluster, std::size_t node)
{
    cluster.change_node(node,
                        [](coodie::testing::FakeNode& changed) { changed.schema_version = coodie::Uuid::random(); });
}

inline bool shows_events(const coodie::Session& session)
{
    return session.metadata().schema->table("ks", "events") != nullptr;
}

inline bool in_agreement(const coodie::Rows& rows)
{
    return rows.extras() && rows.extras()->schema_change && rows.extras()->schema_in_agreement;
}

/// Of system.peers, which schema agreement asks for and nobody else.
inline std::size_t polls(const coodie::testing::FakeCluster& cluster)
{
    using namespace coodie::testing;
    return cluster.count(requests(coodie::Opcode::query).containing("schema_version FROM system.peers"));
}
