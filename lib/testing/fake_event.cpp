#include <coodie/testing/fake_event.hpp>
#include <cstring>
#include <protocol/event.hpp>

namespace coodie::testing {
namespace {

template <class Body> FakeEvent event_of(std::string type, Body body)
{
    const protocol::Event event{std::move(body)};
    std::vector<std::byte> bytes(event.encoded_size());
    protocol::Writer out{bytes};
    event.encode(out);
    return {std::move(type), std::move(bytes)};
}

protocol::InetAddress wire_address(const Inet& address, std::int32_t port)
{
    protocol::InetAddress wire{.size = static_cast<std::uint8_t>(address.bytes().size()), .port = port};
    std::memcpy(wire.bytes.data(), address.bytes().data(), wire.size);
    return wire;
}

}

FakeEvent::FakeEvent(const SchemaChange& change) : FakeEvent{event_of("SCHEMA_CHANGE", change)} {}

FakeEvent FakeEvent::status(std::string_view change, const Inet& address, std::int32_t port)
{
    return event_of("STATUS_CHANGE", protocol::StatusChange{change, wire_address(address, port)});
}

FakeEvent FakeEvent::topology(std::string_view change, const Inet& address, std::int32_t port)
{
    return event_of("TOPOLOGY_CHANGE", protocol::TopologyChange{change, wire_address(address, port)});
}

}
