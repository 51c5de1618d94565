#pragma once

#include <coodie/rows.hpp>
#include <protocol/type_option.hpp>

namespace coodie::protocol {

namespace metadata_flag {
inline constexpr std::uint32_t global_table = 0x0001;
inline constexpr std::uint32_t has_more_pages = 0x0002;
inline constexpr std::uint32_t no_metadata = 0x0004;
inline constexpr std::uint32_t metadata_changed = 0x0008; ///< only where SCYLLA_USE_METADATA_ID was agreed
}

/// [<global keyspace: string> <global table: string>] and `count` times
///     [<keyspace: string> <table: string>] <name: string> <type: option>
struct ColumnSpecs
{
    std::vector<ColumnSpec> columns = {};
    std::vector<TypeSpelling> spellings = {};

    std::size_t encoded_size(bool global_table) const;
    void encode(Writer& out, bool global_table) const;
    static ColumnSpecs decode(Reader& in, std::size_t count, bool global_table);
};

/// The column specs of a prepared statement as they came. An answer whose specs are the same bytes needs no decoding.
struct KnownSpecs
{
    bool global_table = false;
    std::size_t count = 0;
    std::vector<std::byte> bytes = {};
};

/// <columns: int>, 65 535 at most.
std::size_t read_columns_count(Reader& in);

/// <metadata> of a result (CQL v4 section 4.2.5.2)
///     <flags: int> <columns: int> [<paging state: bytes>] [<new metadata id: short bytes>] [<column specs>]
struct RowsMetadata
{
    std::uint32_t flags = 0;
    std::size_t columns_count = 0;
    Bytes paging_state = {}; ///< never empty when there are more pages
    std::optional<Bytes> new_metadata_id = {};
    std::shared_ptr<const ResultMetadata> columns = {}; ///< null when the server left them out, or they are known
    Bytes specs = {};                                   ///< the column specs as they came
    std::vector<TypeSpelling> spellings = {};

    bool has_more_pages() const noexcept { return (flags & metadata_flag::has_more_pages) != 0; }
    bool has_global_table() const noexcept { return (flags & metadata_flag::global_table) != 0; }

    std::size_t encoded_size() const;
    void encode(Writer& out) const;
    KnownSpecs known_specs() const { return {has_global_table(), columns_count, {specs.begin(), specs.end()}}; }
    static RowsMetadata decode(Reader& in, bool with_metadata_id = false, const KnownSpecs* known = nullptr);
};

}
