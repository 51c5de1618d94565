#include <algorithm>
#include <array>
#include <lib/metadata/cells.hpp>
#include <lib/metadata/relation_reader.hpp>

namespace coodie::metadata {

namespace {

Error unreadable(std::string why)
{
    return {errc::bad_value, std::move(why)};
}

std::optional<ColumnKind> kind_named(std::string_view name) noexcept
{
    if (name == "partition_key")
        return ColumnKind::partition_key;
    if (name == "clustering")
        return ColumnKind::clustering;
    if (name == "static")
        return ColumnKind::static_;
    if (name == "regular" || name == "compact_value")
        return ColumnKind::regular;
    return {};
}

Result<ColumnMetadata> read_column(const Row& row, UserTypes& types)
{
    ColumnMetadata column;
    column.name = read_text(row, "column_name");
    column.type_text = read_text(row, "type");
    auto type = types.parse(column.type_text);
    if (!type)
        return unreadable("column '" + column.name + "': " + type.error().message());
    column.type = std::move(*type);

    const auto kind = kind_named(read_text(row, "kind"));
    if (!kind)
        return unreadable("column '" + column.name + "': its kind is unknown");
    column.kind = *kind;
    if (*kind == ColumnKind::partition_key || *kind == ColumnKind::clustering) {
        const auto position = read<std::int32_t>(row, "position");
        if (!position || *position < 0)
            return unreadable("column '" + column.name + "': it has no position in the key");
        column.position = static_cast<std::uint32_t>(*position);
    }
    if (*kind == ColumnKind::clustering && read_text(row, "clustering_order") == "desc")
        column.order = Order::descending;
    return column;
}

std::size_t count(const std::vector<ColumnMetadata>& columns, ColumnKind kind)
{
    return static_cast<std::size_t>(std::ranges::count(columns, kind, &ColumnMetadata::kind));
}

bool are_numbered(std::span<const ColumnMetadata> key) noexcept
{
    for (std::size_t place = 0; place != key.size(); ++place)
        if (key[place].position != place)
            return false;
    return true;
}

Error read_columns(const std::vector<Row>& rows, UserTypes& types, RelationMetadata& relation)
{
    for (const auto& row : rows) {
        auto column = read_column(row, types);
        if (!column)
            return column.error();
        relation.columns.push_back(std::move(*column));
    }
    std::ranges::sort(relation.columns, {},
                      [](const ColumnMetadata& column) { return std::tie(column.kind, column.position, column.name); });
    relation.partition_columns = count(relation.columns, ColumnKind::partition_key);
    relation.clustering_columns = count(relation.columns, ColumnKind::clustering);
    if (relation.partition_columns == 0)
        return unreadable("it has no partition key");
    if (!are_numbered(relation.partition_key()) || !are_numbered(relation.clustering_key()))
        return unreadable("the positions of its key columns are not 0, 1, 2 ...");
    return {};
}

/// Cells that have members of their own.
constexpr std::array own_members{"keyspace_name", "table_name",      "view_name",    "id",
                                 "base_table_id", "base_table_name", "where_clause", "include_all_columns"};

void read_options(const Row& row, std::map<std::string, Value>& options)
{
    for (const auto& column : row.metadata().columns)
        if (std::ranges::find(own_members, column.name) == own_members.end())
            if (auto value = read<Value>(row, column.name))
                options[column.name] = std::move(*value);
}

Error read_relation(const Row& row, const RelationRows& rows, UserTypes& types, RelationMetadata& relation)
{
    relation.id = read<Uuid>(row, "id").value_or(Uuid{});
    if (rows.scylla)
        relation.partitioner = read_text(*rows.scylla, "partitioner");
    read_options(row, relation.options);
    return read_columns(rows.columns, types, relation);
}

IndexKind index_kind_named(std::string_view name) noexcept
{
    if (name == "KEYS")
        return IndexKind::keys;
    if (name == "COMPOSITES")
        return IndexKind::composites;
    return name == "CUSTOM" ? IndexKind::custom : IndexKind::unknown;
}

void read_index(const Row& row, TableMetadata& table)
{
    IndexMetadata index;
    index.name = read_text(row, "index_name");
    index.kind = index_kind_named(read_text(row, "kind"));
    index.options = read<std::map<std::string, std::string>>(row, "options").value_or(index.options);
    if (const auto target = index.options.find("target"); target != index.options.end())
        index.target = target->second;
    auto name = index.name;
    table.indexes.insert_or_assign(std::move(name), std::move(index));
}

}

Result<TableMetadata> read_table(const std::string& keyspace, const std::string& name, const RelationRows& rows,
                                 UserTypes& types)
{
    TableMetadata table;
    table.keyspace = keyspace;
    table.name = name;
    if (auto error = read_relation(*rows.table, rows, types, table))
        return error;
    for (const auto& row : rows.indexes)
        read_index(row, table);
    table.is_counter = std::ranges::any_of(
        table.columns, [](const ColumnMetadata& column) { return column.type.id == TypeId::counter; });
    return table;
}

Result<ViewMetadata> read_view(const std::string& keyspace, const std::string& name, const RelationRows& rows,
                               UserTypes& types)
{
    ViewMetadata view;
    view.keyspace = keyspace;
    view.name = name;
    if (auto error = read_relation(*rows.view, rows, types, view))
        return error;
    view.base_table = read_text(*rows.view, "base_table_name");
    view.where_clause = read_text(*rows.view, "where_clause");
    view.includes_all_columns = read<bool>(*rows.view, "include_all_columns").value_or(false);
    return view;
}

}
