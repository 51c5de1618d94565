#include <protocol/event.hpp>

namespace coodie::protocol {
namespace {

// Each alternative of an event's body: its type, size and layout.
std::string_view type_of(const TopologyChange&)
{
    return "TOPOLOGY_CHANGE";
}
std::string_view type_of(const StatusChange&)
{
    return "STATUS_CHANGE";
}
std::string_view type_of(const SchemaChange&)
{
    return "SCHEMA_CHANGE";
}
std::string_view type_of(const UnknownEvent& event)
{
    return event.type;
}

template <class Change> std::size_t size_of(const Change& change)
{
    return string_size(change.change) + 1 + change.node.size + 4;
}
std::size_t size_of(const SchemaChange& change)
{
    return encoded_size(change);
}
std::size_t size_of(const UnknownEvent& event)
{
    return event.body.size();
}

template <class Change> void store(Writer& out, const Change& change)
{
    out.write_string(change.change);
    out.write_inet(change.node);
}
void store(Writer& out, const SchemaChange& change)
{
    encode(out, change);
}
void store(Writer& out, const UnknownEvent& event)
{
    out.write_raw(event.body);
}

template <class Change> Change read_change(Reader& in)
{
    const auto change = in.read_string();
    return {change, in.read_inet()};
}

}

std::size_t Event::encoded_size() const noexcept
{
    return std::visit([](const auto& change) { return string_size(type_of(change)) + size_of(change); }, body);
}

void Event::encode(Writer& out) const noexcept
{
    std::visit(
        [&out](const auto& change) {
            out.write_string(type_of(change));
            store(out, change);
        },
        body);
}

Event Event::decode(Reader& in)
{
    const auto type = in.read_string();
    if (type == "TOPOLOGY_CHANGE")
        return {read_change<TopologyChange>(in)};
    if (type == "STATUS_CHANGE")
        return {read_change<StatusChange>(in)};
    if (type == "SCHEMA_CHANGE")
        return {decode_schema_change(in)};
    return {UnknownEvent{type, in.read_raw(in.remaining())}};
}

}
