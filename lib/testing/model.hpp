#pragma once

#include <coodie/testing/fake_cluster.hpp>
#include <lib/testing/stored_table.hpp>

namespace coodie::testing {

/// A statement that a node knows by its id.
struct KnownStatement
{
    std::string cql;
    std::string keyspace; ///< which the connection used that prepared it
};

struct ModelNode
{
    FakeNode description;
    Inet address;
    std::uint16_t port = 0;
    std::uint16_t shard_aware_port = 0; ///< 0: none
    bool removed = false;
    std::map<std::vector<std::byte>, KnownStatement> prepared = {};
};

/// What the cluster is and knows: everything that answers are made from.
struct Model
{
    explicit Model(FakeClusterOptions given);

    FakeClusterOptions options;
    std::vector<ModelNode> nodes = {};
    FakeSchema schema;
    Uuid schema_version = Uuid::random();
    std::map<std::string, Primed, std::less<>> primed = {};
    std::vector<StoredRow> trace_sessions = {};
    std::vector<StoredRow> trace_events = {};

    /// Fills in what the description leaves open; gives the node's number.
    /// Errors: ConfigurationError for an address that is none.
    std::size_t add(FakeNode description);
    const Primed* find_primed(std::string_view cql) const;
    bool has_keyspace(std::string_view keyspace) const;
    Uuid schema_version_of(const ModelNode& node) const
    {
        return node.description.schema_version.value_or(schema_version);
    }
};

/// A stable id of a text as a statement's, a table's ... id: 16 bytes.
std::vector<std::byte> digest_of(std::string_view text);
Uuid uuid_of(std::string_view text);

}
