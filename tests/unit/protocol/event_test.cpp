#include "decoded.hpp"
#include <protocol/event.hpp>

using namespace coodie;
using namespace coodie::protocol;

namespace {

/// Lifetime: what it gives are views into `body`.
Event event_of(const Wire& body)
{
    std::string failure;
    auto event = decoded(body, failure, [](Reader& in) { return Event::decode(in); });
    CHECK(failure == "");
    return event;
}

Event event_of(Wire&&) = delete;

std::string failure_of_event(const Wire& body)
{
    std::string failure;
    decoded(body, failure, [](Reader& in) { return Event::decode(in); });
    return failure;
}

}

TEST_CASE("topology and status events name a change and a node")
{
    const auto new_node = wire().string("TOPOLOGY_CHANGE").string("NEW_NODE").inet4(10, 1, 2, 3, 9042);
    const auto topology = event_of(new_node);
    const auto& added = std::get<TopologyChange>(topology.body);
    CHECK(added.change == "NEW_NODE");
    CHECK(added.node.address().size() == 4);
    CHECK(added.node.bytes[3] == std::byte{3});
    CHECK(added.node.port == 9042);

    const auto body = wire().string("STATUS_CHANGE").string("DOWN").byte(16).raw("0123456789abcdef").int_(1);
    const auto status = event_of(body);
    CHECK(std::get<StatusChange>(status.body).change == "DOWN");
    CHECK(std::get<StatusChange>(status.body).node.address().size() == 16);
}

TEST_CASE("schema events name what changed")
{
    const auto change = [](const Wire& rest) {
        const auto body = wire().string("SCHEMA_CHANGE").string("UPDATED").add(rest);
        const auto event = event_of(body);
        return std::get<SchemaChange>(event.body);
    };
    CHECK(change(wire().string("KEYSPACE").string("ks")).keyspace == "ks");
    CHECK(change(wire().string("TABLE").string("ks").string("users")).name == "users");
    CHECK(change(wire().string("TYPE").string("ks").string("address")).name == "address");
    const auto function =
        change(wire().string("FUNCTION").string("ks").string("f").short_(2).string("int").string("text"));
    CHECK(function.argument_types == std::vector<std::string>{"int", "text"});
    CHECK(change(wire().string("AGGREGATE").string("ks").string("a").short_(0)).name == "a");
}

TEST_CASE("an event of a type nobody knows is kept as it is")
{
    const auto body = wire().string("CLIENT_ROUTES_CHANGE").string("UPDATED");
    const auto event = event_of(body);
    CHECK(std::get<UnknownEvent>(event.body).type == "CLIENT_ROUTES_CHANGE");
    CHECK(std::get<UnknownEvent>(event.body).body.size() == 9);
}

TEST_CASE("an address of another size is refused")
{
    CHECK(contains(failure_of_event(wire().string("STATUS_CHANGE").string("UP").byte(5).long_(0).long_(0).long_(0)),
                   "neither 4 nor 16 bytes (5)"));
}
