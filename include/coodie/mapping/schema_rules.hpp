#pragma once

#include <coodie/mapping/rules.hpp>
#include <coodie/mapping/table_schema.hpp>

namespace coodie::cql {

/// What is wrong with a table, or fine.
constexpr Rule broken_schema_rule(const TableSchema& table) noexcept
{
    const bool counters = table.has_counters();
    const bool clustered = table.count(ColumnKind::clustering) != 0;
    if (table.count(ColumnKind::partition_key) == 0)
        return Rule::no_partition_key;
    for (std::size_t i = 0; i != table.columns.size(); ++i) {
        const auto& column = table.columns[i];
        if (table.index_of(column.name) != i)
            return Rule::duplicate_column;
        if (column.counter && column.is_key())
            return Rule::counter_key;
        if (counters && !column.counter && !column.is_key())
            return Rule::mixed_counters;
        if (column.is_key() && column.container != Container::none && !column.frozen)
            return Rule::collection_key;
        if (column.kind == ColumnKind::static_ && !clustered)
            return Rule::static_without_clustering;
        if (column.vector_index == Similarity::none)
            continue;
        if (!column.vector)
            return Rule::vector_index_without_vector;
        if (column.indexed)
            return Rule::vector_index_and_indexed;
        if (column.is_key())
            return Rule::vector_index_on_key;
        if (column.kind == ColumnKind::static_)
            return Rule::vector_index_on_static;
    }
    return Rule::fine;
}

}
