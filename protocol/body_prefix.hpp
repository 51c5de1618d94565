#pragma once

#include <coodie/rows.hpp>
#include <optional>
#include <protocol/reader.hpp>
#include <protocol/writer.hpp>

namespace coodie::protocol {

/// What the header's flags announce in front of a response's message (CQL v4 section 2.2), in this order
///     [<tracing id: uuid>] [<warnings: string list>] [<custom payload: bytes map>]
/// and in front of a request's: [<custom payload: bytes map>]
struct BodyPrefix
{
    std::optional<Uuid> tracing_id = {};
    std::optional<StringList> warnings = {};
    std::optional<BytesMap> custom_payload = {};

    std::uint8_t flags() const noexcept;
    std::size_t encoded_size() const noexcept;
    void encode(Writer& out) const noexcept;
    static BodyPrefix decode_response(Reader& in, std::uint8_t flags);
    static BodyPrefix decode_request(Reader& in, std::uint8_t flags);

    /// Copies what it has. Of payload keys that come twice the last counts.
    void store(ResponseExtras& extras) const;
};

/// A custom payload as statements hold it.
using CustomPayload = std::map<std::string, std::optional<std::vector<std::byte>>>;
BytesMap bytes_map_of(const CustomPayload& payload);
Error check_custom_payload(const CustomPayload& payload);

}
