#pragma once

#include <coodie/export.hpp>
#include <coodie/mapping/table_schema.hpp>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace coodie::cql {

// Texts of statements that define: made at run time, sent as they are. Names are quoted where they need it, texts in
// quotes have theirs doubled. Errors: InvalidQueryError for what no server can take.

/// How a keyspace is replicated.
struct Replication
{
    std::string strategy = "SimpleStrategy";
    std::uint32_t factor = 1;
    /// Copies by data centre: always NetworkTopologyStrategy.
    std::optional<std::vector<std::pair<std::string, std::uint32_t>>> datacenters = {};
};

struct KeyspaceProperties
{
    bool durable_writes = true; ///< false: writes skip the commit log
    bool if_not_exists = true;
};

COODIE_API std::string create_keyspace(std::string_view keyspace, const Replication& replication = {},
                                       const KeyspaceProperties& properties = {});
COODIE_API std::string drop_keyspace(std::string_view keyspace, bool if_exists = true);

/// `keyspace` wins over the table's own when it is not empty.
COODIE_API std::string create_table(const TableSchema& table, std::string_view keyspace = {});
COODIE_API std::string drop_table(std::string_view keyspace, std::string_view table);
COODIE_API std::string truncate(std::string_view keyspace, std::string_view table);
COODIE_API std::string alter_table_add(std::string_view keyspace, std::string_view table, const Column& column);
COODIE_API std::string alter_table_options(std::string_view keyspace, std::string_view table,
                                           std::span<const TableOption> options);

COODIE_API std::string create_index(std::string_view keyspace, std::string_view table, const Column& column);
inline constexpr std::string_view storage_attached_index = "org.apache.cassandra.index.sai.StorageAttachedIndex";
COODIE_API std::string create_custom_index(std::string_view keyspace, std::string_view table, const Column& column,
                                           std::string_view index_class = storage_attached_index,
                                           std::span<const TableOption> options = {});
/// The index on a vector column, under the name that ScyllaDB and Cassandra both know.
COODIE_API std::string create_vector_index(std::string_view keyspace, std::string_view table, const Column& column);
/// `index` as system_schema keeps it: capitals are kept by quotes.
COODIE_API std::string drop_index(std::string_view keyspace, std::string_view index);

/// A materialized view; `where` is CQL and stands as it is.
struct ViewSchema
{
    TableSchema view;            ///< its name, columns and keys
    std::string_view base_table; ///< in the same keyspace
    bool all_columns = true;     ///< SELECT *
    std::string_view where = {}; ///< empty: every key column IS NOT NULL
};
COODIE_API std::string create_view(const ViewSchema& view, std::string_view keyspace = {});
COODIE_API std::string drop_view(std::string_view keyspace, std::string_view view);

/// A field of a user type, its type as CQL.
struct TypeField
{
    std::string name;
    std::string type;
};
COODIE_API std::string create_type(std::string_view keyspace, std::string_view type, std::span<const TypeField> fields);
COODIE_API std::string drop_type(std::string_view keyspace, std::string_view type);
COODIE_API std::string alter_type_add(std::string_view keyspace, std::string_view type, const TypeField& field);

/// One text of several statements. What is sent is a native BATCH; this is for people and files.
COODIE_API std::string batch(std::span<const std::string> statements, std::string_view type = "LOGGED",
                             std::optional<std::int64_t> timestamp = {});

/// A column's type as a table declares it: collections inside collections and user types are frozen.
COODIE_API std::string type_text(const DataType& type, bool frozen = false);
COODIE_API std::string type_text(const Column& column);

/// What makes the table when it is missing, in order: CREATE TABLE, then its indexes.
COODIE_API std::vector<std::string> sync_statements(const TableSchema& table, std::string_view keyspace = {});

}
