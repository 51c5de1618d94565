#include <cstring>
#include <protocol/result_metadata.hpp>

namespace coodie::protocol {
namespace {

/// Every column keeps a copy of the names that the message has once: a small body may not grow without bound so.
constexpr std::size_t largest_growth = 64;

/// The lengths of its names, and a type's id.
constexpr std::size_t smallest_column(bool global_table)
{
    return global_table ? 4 : 8;
}

struct TableName
{
    std::string_view keyspace;
    std::string_view table;
};

TableName read_table(Reader& in)
{
    const auto keyspace = in.read_string();
    return {keyspace, in.read_string()};
}

TableName table_of(const std::vector<ColumnSpec>& columns)
{
    return columns.empty() ? TableName{} : TableName{columns[0].keyspace, columns[0].table};
}

std::size_t specs_size(const std::vector<ColumnSpec>& columns, std::span<const TypeSpelling> spellings, bool global)
{
    TypeWriter types{spellings};
    const auto table = table_of(columns);
    auto size = global ? string_size(table.keyspace) + string_size(table.table) : 0;
    for (const auto& column : columns) {
        if (!global)
            size += string_size(column.keyspace) + string_size(column.table);
        size += string_size(column.name) + types.size(column.type);
    }
    return size;
}

void write_specs(Writer& out, const std::vector<ColumnSpec>& columns, std::span<const TypeSpelling> spellings,
                 bool global)
{
    TypeWriter types{spellings};
    if (global) {
        const auto table = table_of(columns);
        out.write_string(table.keyspace);
        out.write_string(table.table);
    }
    for (const auto& column : columns) {
        if (!global) {
            out.write_string(column.keyspace);
            out.write_string(column.table);
        }
        out.write_string(column.name);
        types.write(out, column.type);
    }
}

}

std::size_t ColumnSpecs::encoded_size(bool global_table) const
{
    return specs_size(columns, spellings, global_table);
}

void ColumnSpecs::encode(Writer& out, bool global_table) const
{
    write_specs(out, columns, spellings, global_table);
}

ColumnSpecs ColumnSpecs::decode(Reader& in, std::size_t count, bool global_table)
{
    ColumnSpecs specs;
    const auto size = in.remaining();
    auto table = global_table ? read_table(in) : TableName{};
    if (global_table && count * (table.keyspace.size() + table.table.size()) > largest_growth * size)
        in.fail("names that are long and repeated beyond measure");
    if (count * smallest_column(global_table) > in.remaining())
        in.fail("more columns than the body can hold", static_cast<std::int64_t>(count));
    if (in.failed())
        return specs;
    TypeReader types{in};
    specs.columns.reserve(count);
    for (; count != 0 && !in.failed(); --count) {
        if (!global_table)
            table = read_table(in);
        const auto name = in.read_string();
        specs.columns.push_back(
            {std::string{table.keyspace}, std::string{table.table}, std::string{name}, types.read()});
    }
    specs.spellings = types.take_spellings();
    return specs;
}

namespace {

/// The same count, the same flag and the same bytes decode to the same columns.
bool skip_known(Reader& in, const RowsMetadata& metadata, const KnownSpecs& known)
{
    const auto size = known.bytes.size();
    if (size == 0 || metadata.columns_count != known.count || metadata.has_global_table() != known.global_table ||
        in.remaining() < size || std::memcmp(in.rest().data(), known.bytes.data(), size) != 0)
        return false;
    in.read_raw(size);
    return true;
}

}

std::size_t read_columns_count(Reader& in)
{
    const auto count = in.read_int();
    if (count >= 0 && static_cast<std::size_t>(count) <= max_short)
        return static_cast<std::size_t>(count);
    in.fail("an impossible number of columns", count);
    return 0;
}

std::size_t RowsMetadata::encoded_size() const
{
    std::size_t size = 4 + 4;
    if (has_more_pages())
        size += 4 + paging_state.size();
    if (new_metadata_id)
        size += short_bytes_size(*new_metadata_id);
    return columns ? size + specs_size(columns->columns, spellings, has_global_table()) : size;
}

void RowsMetadata::encode(Writer& out) const
{
    out.write_int(static_cast<std::int32_t>(flags));
    out.write_size(columns_count);
    if (has_more_pages())
        out.write_bytes(cell_of(paging_state));
    if (new_metadata_id)
        out.write_short_bytes(*new_metadata_id);
    if (columns)
        write_specs(out, columns->columns, spellings, has_global_table());
}

RowsMetadata RowsMetadata::decode(Reader& in, bool with_metadata_id, const KnownSpecs* known)
{
    RowsMetadata metadata;
    metadata.flags = static_cast<std::uint32_t>(in.read_int());
    metadata.columns_count = read_columns_count(in);
    if (metadata.has_more_pages()) {
        metadata.paging_state = in.read_bytes().bytes();
        if (metadata.paging_state.empty())
            in.fail("more pages are announced without a paging state, which would start the query again");
    }
    if (with_metadata_id && (metadata.flags & metadata_flag::metadata_changed) != 0)
        metadata.new_metadata_id = in.read_short_bytes();
    if ((metadata.flags & metadata_flag::no_metadata) != 0)
        return metadata;
    if (known && skip_known(in, metadata, *known))
        return metadata;
    metadata.specs = in.rest();
    auto specs = ColumnSpecs::decode(in, metadata.columns_count, metadata.has_global_table());
    metadata.specs = metadata.specs.first(metadata.specs.size() - in.remaining());
    metadata.columns = std::make_shared<const ResultMetadata>(std::move(specs.columns));
    metadata.spellings = std::move(specs.spellings);
    return metadata;
}
}
