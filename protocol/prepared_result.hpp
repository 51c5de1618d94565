#pragma once

#include <protocol/result_metadata.hpp>

namespace coodie::protocol {

/// RESULT of kind 4 (CQL v4 section 4.2.5.4)
///     <id: short bytes> [<result metadata id: short bytes>, SCYLLA_USE_METADATA_ID only]
///     <flags: int> <columns: int> <pk count: int> <pk indexes: shorts> [<column specs>]
///     <result metadata>
struct PreparedResult
{
    static constexpr std::int32_t kind = 4;
    Bytes id;
    std::optional<Bytes> result_metadata_id = {};
    std::uint32_t flags = 0;
    std::vector<std::uint16_t> partition_key = {}; ///< indexes of bind columns, in the key's order; none: not routable
    ColumnSpecs bind_columns = {};
    RowsMetadata result_metadata = {};

    /// `mask`: Scylla's LWT mark as agreed (see scylla_options.hpp), 0 when none was.
    bool is_lightweight_transaction(std::uint32_t mask) const noexcept { return (flags & mask) != 0; }

    bool has_global_table() const noexcept { return (flags & metadata_flag::global_table) != 0; }

    std::size_t encoded_size() const;
    void encode(Writer& out) const;
    /// Reads what follows the kind.
    static PreparedResult decode(Reader& in, bool with_metadata_id = false);
};

}
