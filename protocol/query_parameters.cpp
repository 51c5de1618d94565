#include <protocol/query_parameters.hpp>
#include <string>

namespace coodie::protocol {

EncodedValues EncodedValues::decode(Reader& in, std::size_t number, bool with_names)
{
    const auto rest = in.rest();
    for (auto left = number; left != 0 && !in.failed(); --left) {
        if (with_names)
            in.read_string();
        in.read_value();
    }
    if (in.failed())
        return {};
    return {rest.first(rest.size() - in.remaining()), number, with_names};
}

Error check_write_options(std::optional<Consistency> serial_consistency, std::optional<std::int64_t> timestamp)
{
    if (serial_consistency && !is_serial(*serial_consistency))
        return {errc::invalid_query, "a serial consistency is SERIAL or LOCAL_SERIAL"};
    if (timestamp && *timestamp < 0)
        return {errc::invalid_query, "timestamp " + std::to_string(*timestamp) + " is negative"};
    return {};
}

Error QueryParameters::check() const
{
    if (values)
        if (auto error = check_count("the list of values", values->count))
            return error;
    if (page_size && *page_size <= 0)
        return {errc::invalid_query, "a page size of " + std::to_string(*page_size) + " rows; it must be above 0"};
    if (paging_state && paging_state->empty())
        return {errc::invalid_query, "an empty paging state would start the query again; send none instead"};
    return check_write_options(serial_consistency, timestamp);
}

QueryParameters QueryParameters::decode(Reader& in)
{
    QueryParameters parameters;
    parameters.consistency = in.read_consistency();
    const auto flags = in.read_byte();
    if ((flags & 0x80) != 0 || ((flags & 0x40) != 0 && (flags & 0x01) == 0))
        in.fail("query flags that v4 does not know", flags);
    if ((flags & 0x01) != 0)
        parameters.values = EncodedValues::decode(in, in.read_short_count(4), (flags & 0x40) != 0);
    parameters.skip_metadata = (flags & 0x02) != 0;
    if ((flags & 0x04) != 0)
        parameters.page_size = in.read_int();
    if ((flags & 0x08) != 0) {
        const auto state = in.read_bytes();
        if (state.is_null())
            in.fail("a paging state that is null");
        parameters.paging_state = state.bytes();
    }
    if ((flags & 0x10) != 0)
        parameters.serial_consistency = in.read_consistency();
    if ((flags & 0x20) != 0)
        parameters.timestamp = in.read_long();
    return parameters;
}

}
