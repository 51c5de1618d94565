#pragma once

#include "lib/connection/connection_core.hpp"
#include <algorithm>
#include <protocol/response.hpp>

using Bytes = std::vector<std::byte>;

/// A frame of the server's.
inline Bytes frame(std::int16_t stream, coodie::protocol::Opcode opcode, std::string_view body, std::uint8_t flags = 0)
{
    Bytes bytes(coodie::protocol::header_size + body.size());
    const coodie::protocol::FrameHeader header{coodie::protocol::response_version, flags, stream, opcode,
                                               static_cast<std::int32_t>(body.size())};
    std::ranges::copy(std::as_bytes(std::span{body}), coodie::protocol::store_header(bytes.data(), header));
    return bytes;
}

inline void append(Bytes& all, const Bytes& more)
{
    all.insert(all.end(), more.begin(), more.end());
}

/// What the socket would do: bytes into the core, `piece` at a time. Gives what came out.
struct Heard
{
    coodie::detail::Exchange* exchange;
    std::string body;
    coodie::errc failure;
};

inline std::vector<Heard> feed(coodie::detail::ConnectionCore& core, std::span<const std::byte> bytes,
                               std::size_t piece = SIZE_MAX)
{
    std::vector<Heard> heard;
    while (!bytes.empty() && !core.error()) {
        const auto room = core.input_room();
        const auto size = std::min({piece, room.size(), bytes.size()});
        std::memcpy(room.data(), bytes.data(), size);
        core.received(size);
        bytes = bytes.subspan(size);
        coodie::detail::Answer answer;
        while (auto* exchange = core.next(answer))
            heard.push_back({exchange,
                             {reinterpret_cast<const char*>(answer.body.data()), answer.body.size()},
                             answer.failure ? answer.failure.code() : coodie::errc{}});
    }
    return heard;
}

inline void ask(coodie::detail::ConnectionCore& core, coodie::detail::Exchange& exchange, std::string_view body = {})
{
    const auto room = core.begin(exchange, coodie::protocol::Opcode::query, 0, body.size());
    std::ranges::copy(std::as_bytes(std::span{body}), room.begin());
    core.finish();
}
