#pragma once

#include <protocol/opcode.hpp>
#include <protocol/schema_change.hpp>

namespace coodie::protocol {

/// <change: string> <node: inet>; NEW_NODE, REMOVED_NODE, and MOVED_NODE of old servers
struct TopologyChange
{
    std::string_view change;
    InetAddress node;
};

/// <change: string> <node: inet>; UP or DOWN
struct StatusChange
{
    std::string_view change;
    InetAddress node;
};

/// A type of event that this client does not know.
struct UnknownEvent
{
    std::string_view type;
    Bytes body;
};

/// EVENT (CQL v4 section 4.2.6), on stream -1
///     <type: string> <body by type>
struct Event
{
    static constexpr Opcode code = Opcode::event;
    std::variant<TopologyChange, StatusChange, SchemaChange, UnknownEvent> body;

    std::size_t encoded_size() const noexcept;
    void encode(Writer& out) const noexcept;
    static Event decode(Reader& in);
};

}
