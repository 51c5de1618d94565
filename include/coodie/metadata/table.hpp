#pragma once

#include <coodie/export.hpp>
#include <coodie/metadata/by_name.hpp>
#include <coodie/metadata/column.hpp>
#include <coodie/uuid.hpp>
#include <coodie/value.hpp>
#include <span>
#include <vector>

namespace coodie {

enum class IndexKind : std::uint8_t
{
    keys,
    composites,
    custom,
    unknown,
};

struct IndexMetadata
{
    std::string name;
    IndexKind kind = IndexKind::unknown;
    std::string target;                         ///< what is indexed, in CQL: "email", "values(tags)"
    std::map<std::string, std::string> options; ///< "target" and "class_name" among them

    friend bool operator==(const IndexMetadata&, const IndexMetadata&) = default;
};

/// What tables and views have in common.
struct COODIE_API RelationMetadata
{
    std::string keyspace;
    std::string name;
    Uuid id;
    /// The partition key, the clustering columns, both in order; then static and then regular columns by name.
    std::vector<ColumnMetadata> columns;
    std::size_t partition_columns = 0;
    std::size_t clustering_columns = 0;
    std::string partitioner;              ///< Scylla only, where it is not the cluster's
    std::map<std::string, Value> options; ///< all else that the server says: "comment", "compaction" ...

    std::span<const ColumnMetadata> partition_key() const noexcept
    {
        return std::span{columns}.first(partition_columns);
    }
    std::span<const ColumnMetadata> clustering_key() const noexcept
    {
        return std::span{columns}.subspan(partition_columns, clustering_columns);
    }
    const ColumnMetadata* column(std::string_view column) const noexcept; ///< null: none of this name

    friend bool operator==(const RelationMetadata&, const RelationMetadata&) = default;
};

struct TableMetadata : RelationMetadata
{
    std::map<std::string, IndexMetadata, std::less<>> indexes;
    bool is_counter = false;

    friend bool operator==(const TableMetadata&, const TableMetadata&) = default;
};

struct ViewMetadata : RelationMetadata
{
    std::string base_table;
    std::string where_clause;
    bool includes_all_columns = false;

    friend bool operator==(const ViewMetadata&, const ViewMetadata&) = default;
};

}
