#pragma once

#include <protocol/result_metadata.hpp>

namespace coodie::protocol {

/// RESULT of kind 2 (CQL v4 section 4.2.5.2)
///     <metadata> <rows: int> rows times <cells: bytes, one a column>
/// Every length in `content` was checked: walking it cannot leave it.
struct RowsResult
{
    static constexpr std::int32_t kind = 2;
    RowsMetadata metadata;
    Bytes content;
    std::size_t rows = 0;

    std::size_t encoded_size() const { return metadata.encoded_size() + 4 + content.size(); }
    void encode(Writer& out) const;
    /// Reads what follows the kind. `cached`: the columns of the prepared statement, used when the server left them
    /// out, or sent them as they stand in `known`; their number must match.
    static RowsResult decode(Reader& in, const ResultMetadata* cached = nullptr, bool with_metadata_id = false,
                             const KnownSpecs* known = nullptr);
};

/// The kind of a RESULT, its first [int]: 1 void, 2 rows, 3 set keyspace, 4 prepared, 5 schema change.
inline std::int32_t read_result_kind(Reader& in) noexcept
{
    return in.read_int();
}

}
