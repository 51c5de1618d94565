#pragma once

#include "case.hpp"

#include <coodie/mapping/shape.hpp>
#include <coodie/mapping/table_schema.hpp>
#include <deque>
#include <string_view>
#include <vector>

namespace cases {

/// A table whose names and options come from a file: owns what its TableSchema shows.
class OwnedTable
{
public:
    OwnedTable(std::string_view keyspace, std::string_view table);
    OwnedTable(const OwnedTable&) = delete;
    OwnedTable& operator=(const OwnedTable&) = delete;

    /// The column of this name, made if it is missing.
    coodie::cql::ColumnNumber column(std::string_view name);
    coodie::Column& add(std::string_view name, std::string_view type);
    coodie::Column& at(std::size_t number) { return columns_[number]; }
    std::string_view keep(std::string_view text);

    /// An object of options: {"gc_grace_seconds": 1000, "compaction": {"class": ...}}.
    void options(const Json& options) { options_ = entries(options); }
    std::span<const coodie::TableOption> entries(const Json& object);
    const coodie::TableSchema& view();

private:
    std::deque<std::string> texts_;
    std::deque<std::vector<coodie::TableOption>> entries_;
    std::vector<coodie::Column> columns_;
    std::span<const coodie::TableOption> options_;
    coodie::TableSchema view_{};
};

/// A column as the builder cases write it: {"name": "id", "cql_type": "uuid", "primary_key": true, ...}.
coodie::Column& add_definition(OwnedTable& table, const Json& definition);

/// A column as the models write it: {"name": "id", "cql": "uuid", "kind": "partition_key", "position": 0, ...}.
coodie::Column& add_model_column(OwnedTable& table, const Json& column);

coodie::Similarity similarity_named(std::string_view name);

}
