#include <algorithm>
#include <protocol/prepared_result.hpp>

namespace coodie::protocol {
namespace {

std::vector<std::uint16_t> read_partition_key(Reader& in, std::size_t columns)
{
    std::vector<std::uint16_t> indexes(in.read_count(2));
    std::vector<bool> seen(columns);
    for (auto& index : indexes) {
        index = in.read_short();
        if (index >= columns || seen[index]) {
            in.fail("a partition key that names no bind column, or one twice", index);
            return {};
        }
        seen[index] = true;
    }
    return indexes;
}

}

std::size_t PreparedResult::encoded_size() const
{
    return short_bytes_size(id) + (result_metadata_id ? short_bytes_size(*result_metadata_id) : 0) + 4 + 4 + 4 +
           2 * partition_key.size() + bind_columns.encoded_size(has_global_table()) + result_metadata.encoded_size();
}

void PreparedResult::encode(Writer& out) const
{
    out.write_short_bytes(id);
    if (result_metadata_id)
        out.write_short_bytes(*result_metadata_id);
    out.write_int(static_cast<std::int32_t>(flags));
    out.write_size(bind_columns.columns.size());
    out.write_size(partition_key.size());
    for (const auto index : partition_key)
        out.write_short(index);
    bind_columns.encode(out, has_global_table());
    result_metadata.encode(out);
}

PreparedResult PreparedResult::decode(Reader& in, bool with_metadata_id)
{
    PreparedResult result;
    result.id = in.read_short_bytes();
    if (result.id.empty())
        in.fail("a prepared statement without an id");
    if (with_metadata_id)
        result.result_metadata_id = in.read_short_bytes();
    result.flags = static_cast<std::uint32_t>(in.read_int());
    const auto columns = read_columns_count(in);
    result.partition_key = read_partition_key(in, columns);
    result.bind_columns = ColumnSpecs::decode(in, columns, result.has_global_table());
    result.result_metadata = RowsMetadata::decode(in, with_metadata_id);
    return result;
}

}
