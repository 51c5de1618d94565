#pragma once

#include <coodie/data_type.hpp>
#include <cstdint>
#include <string>

namespace coodie {

enum class ColumnKind : std::uint8_t
{
    partition_key,
    clustering,
    static_,
    regular,
};

enum class ClusteringOrder : std::uint8_t
{
    ascending,
    descending,
};

/// A column of a table or view.
struct ColumnMetadata
{
    std::string name;
    DataType type;         ///< user types with their fields
    std::string type_text; ///< as CQL spells it: "frozen<address>"
    ColumnKind kind = ColumnKind::regular;
    std::uint32_t position = 0;                         ///< in the partition key or among the clustering columns
    ClusteringOrder order = ClusteringOrder::ascending; ///< clustering only

    friend bool operator==(const ColumnMetadata&, const ColumnMetadata&) = default;
};

}
