#pragma once

#include <coodie/column_kind.hpp>
#include <coodie/data_type.hpp>
#include <coodie/order.hpp>
#include <cstdint>
#include <string>

namespace coodie {

/// A column of a table or view.
struct ColumnMetadata
{
    std::string name;
    DataType type;         ///< user types with their fields
    std::string type_text; ///< as CQL spells it: "frozen<address>"
    ColumnKind kind = ColumnKind::regular;
    std::uint32_t position = 0;     ///< in the partition key or among the clustering columns
    Order order = Order::ascending; ///< clustering only

    friend bool operator==(const ColumnMetadata&, const ColumnMetadata&) = default;
};

}
