#pragma once

#include <coodie/column_kind.hpp>
#include <coodie/data_type.hpp>
#include <cstdint>
#include <string>

namespace coodie {

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
