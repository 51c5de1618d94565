#pragma once

#include <coodie/value_buffer.hpp>
#include <optional>
#include <protocol/reader.hpp>
#include <protocol/writer.hpp>

namespace coodie::protocol {

/// The values of a request as they travel: `count` times [value], or [string] [value] when they are named.
struct EncodedValues
{
    Bytes bytes = {};
    std::size_t count = 0;
    bool named = false;

    EncodedValues() = default;
    EncodedValues(Bytes encoded, std::size_t number, bool with_names = false) noexcept
        : bytes{encoded}, count{number}, named{with_names}
    {
    }
    EncodedValues(const ValueBuffer& values) noexcept : bytes{values.bytes()}, count{values.count()} {}

    /// Reads `number` values, checking each length.
    static EncodedValues decode(Reader& in, std::size_t number, bool with_names);
};

/// What every request that may write checks alike. Errors: errc::invalid_query.
Error check_write_options(std::optional<Consistency> serial_consistency, std::optional<std::int64_t> timestamp);

/// <query_parameters> of QUERY and EXECUTE (CQL v4 section 4.1.4)
///     <consistency: short> <flags: byte>
///     [<n: short> <values>] [<page size: int>] [<paging state: bytes>] [<serial consistency: short>] [<timestamp:
///     long>]
struct QueryParameters
{
    Consistency consistency = Consistency::local_one;
    std::optional<EncodedValues> values = {}; ///< 0 values with the flag set are legal, and differ from none
    bool skip_metadata = false;
    std::optional<std::int32_t> page_size = {};
    std::optional<Bytes> paging_state = {}; ///< as the server gave it
    std::optional<Consistency> serial_consistency = {};
    std::optional<std::int64_t> timestamp = {}; ///< microseconds since 1970

    /// Errors: errc::invalid_query for what v4 cannot carry or no server accepts.
    Error check() const;
    std::size_t encoded_size() const noexcept
    {
        return 3 + (values ? 2 + values->bytes.size() : 0) + size_after_values();
    }
    std::size_t size_after_values() const noexcept
    {
        return (page_size ? 4 : 0) + (paging_state ? 4 + paging_state->size() : 0) + (serial_consistency ? 2 : 0) +
               (timestamp ? 8 : 0);
    }
    void encode(Writer& out) const noexcept;
    static QueryParameters decode(Reader& in);

    std::uint8_t flags() const noexcept
    {
        return static_cast<std::uint8_t>((values ? 0x01 : 0) | (skip_metadata ? 0x02 : 0) | (page_size ? 0x04 : 0) |
                                         (paging_state ? 0x08 : 0) | (serial_consistency ? 0x10 : 0) |
                                         (timestamp ? 0x20 : 0) | (values && values->named ? 0x40 : 0));
    }
};

/// The hot path: straight stores, one memcpy of the values.
inline void QueryParameters::encode(Writer& out) const noexcept
{
    out.write_consistency(consistency);
    out.write_byte(flags());
    if (values) {
        out.write_short(values->count);
        out.write_raw(values->bytes);
    }
    if (page_size)
        out.write_int(*page_size);
    if (paging_state)
        out.write_bytes(cell_of(*paging_state));
    if (serial_consistency)
        out.write_consistency(*serial_consistency);
    if (timestamp)
        out.write_long(*timestamp);
}

}
