#include <protocol/body_prefix.hpp>
#include <protocol/frame.hpp>

namespace coodie::protocol {

std::uint8_t BodyPrefix::flags() const noexcept
{
    return static_cast<std::uint8_t>((tracing_id ? flag::tracing : 0) | (warnings ? flag::warning : 0) |
                                     (custom_payload ? flag::custom_payload : 0));
}

std::size_t BodyPrefix::encoded_size() const noexcept
{
    return (tracing_id ? tracing_id->bytes.size() : 0) + (warnings ? string_list_size(*warnings) : 0) +
           (custom_payload ? bytes_map_size(*custom_payload) : 0);
}

void BodyPrefix::encode(Writer& out) const noexcept
{
    if (tracing_id)
        out.write_uuid(*tracing_id);
    if (warnings)
        out.write_string_list(*warnings);
    if (custom_payload)
        out.write_bytes_map(*custom_payload);
}

BodyPrefix BodyPrefix::decode_response(Reader& in, std::uint8_t flags)
{
    BodyPrefix prefix;
    if ((flags & flag::tracing) != 0)
        prefix.tracing_id = in.read_uuid();
    if ((flags & flag::warning) != 0)
        prefix.warnings = in.read_string_list();
    if ((flags & flag::custom_payload) != 0)
        prefix.custom_payload = in.read_bytes_map();
    return prefix;
}

BodyPrefix BodyPrefix::decode_request(Reader& in, std::uint8_t flags)
{
    return decode_response(in, flags & flag::custom_payload);
}

void BodyPrefix::store(ResponseExtras& extras) const
{
    extras.tracing_id = tracing_id;
    if (warnings)
        extras.warnings.assign(warnings->begin(), warnings->end());
    if (!custom_payload)
        return;
    for (const auto& [key, value] : *custom_payload) {
        auto& stored = extras.custom_payload[std::string{key}];
        stored.reset();
        if (!value.is_null())
            stored.emplace(value.bytes().begin(), value.bytes().end());
    }
}

BytesMap bytes_map_of(const CustomPayload& payload)
{
    BytesMap map;
    map.reserve(payload.size());
    for (const auto& [key, value] : payload)
        map.emplace_back(key, value ? cell_of(*value) : Cell{});
    return map;
}

Error check_custom_payload(const CustomPayload& payload)
{
    if (auto error = check_count("a custom payload", payload.size()))
        return error;
    for (const auto& [key, value] : payload) {
        if (auto error = check_string("a key of a custom payload", key))
            return error;
        if (auto error = check_bytes("a value of a custom payload", value ? value->size() : 0))
            return error;
    }
    return {};
}

}
