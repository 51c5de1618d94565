#include <doctest/doctest.h>
#include <lib/metadata/event_debouncer.hpp>

using namespace coodie;
using namespace coodie::metadata;
using namespace std::chrono_literals;

namespace {

using Time = EventDebouncer::Time;
const Time start{};

protocol::InetAddress node(std::uint32_t number, std::int32_t port = 9042)
{
    protocol::InetAddress address{.port = port};
    for (std::size_t i = 0; i != 4; ++i)
        address.bytes[i] = static_cast<std::byte>(number >> (24 - 8 * i));
    return address;
}

EventAddress event_address(std::uint32_t number)
{
    return {*Inet::from_bytes(node(number).address()), 9042};
}

protocol::Event schema_event(std::string change, std::string target, std::string keyspace, std::string name = {})
{
    return {SchemaChange{std::move(change), std::move(target), std::move(keyspace), std::move(name), {}}};
}

protocol::Event status_event(std::string_view change, std::uint32_t number)
{
    return {protocol::StatusChange{change, node(number)}};
}

}

TEST_CASE("nothing is due before anything happened")
{
    EventDebouncer debouncer;
    CHECK_FALSE(debouncer.due());
    CHECK_FALSE(debouncer.take(start + 1h));
}

TEST_CASE("a refresh waits for its window, which counts from the first event")
{
    EventDebouncer debouncer{100ms};
    debouncer.received(schema_event("UPDATED", "TABLE", "ks", "a"), start);
    debouncer.received(schema_event("UPDATED", "TABLE", "ks", "b"), start + 99ms);
    CHECK(debouncer.due() == start + 100ms);
    CHECK_FALSE(debouncer.take(start + 99ms));
    const auto refresh = debouncer.take(start + 100ms);
    REQUIRE(refresh);
    CHECK_FALSE(refresh->topology);
    CHECK(refresh->schema.keyspaces().at("ks") ==
          KeyspaceDue{KeyspaceParts{.relations = {{"a", false}, {"b", false}}}});
    CHECK_FALSE(debouncer.due());
}

TEST_CASE("cpp-59 every kind of event asks for its refresh")
{
    struct Example
    {
        const char* name;
        protocol::Event event;
        Refresh refresh;
    };
    SchemaDue table;
    table.add("ks", KeyspaceParts{.relations = {{"t", false}}});
    SchemaDue dropped;
    dropped.add("ks", DroppedKeyspace{});
    const Example examples[] = {
        {"a new node", {protocol::TopologyChange{"NEW_NODE", node(1)}}, {.topology = true}},
        {"a removed node", {protocol::TopologyChange{"REMOVED_NODE", node(1)}}, {.topology = true}},
        {"a moved node", {protocol::TopologyChange{"MOVED_NODE", node(1)}}, {.topology = true}},
        {"a change nobody knows", {protocol::TopologyChange{"SHUFFLED", node(1)}}, {.topology = true}},
        {"up", status_event("UP", 7), {.statuses = {{event_address(7), true}}}},
        {"down", status_event("DOWN", 7), {.statuses = {{event_address(7), false}}}},
        {"a status nobody knows", status_event("SIDEWAYS", 7), {.topology = true}},
        {"a table", schema_event("CREATED", "TABLE", "ks", "t"), {.schema = table}},
        {"a dropped keyspace", schema_event("DROPPED", "KEYSPACE", "ks"), {.schema = dropped}},
        {"an event nobody knows", {protocol::UnknownEvent{"CLIENT_ROUTES_CHANGE", {}}}, {}},
    };
    for (const auto& example : examples) {
        CAPTURE(example.name);
        EventDebouncer debouncer{0ms};
        debouncer.received(example.event, start);
        CHECK(debouncer.take(start).value_or(Refresh{}) == example.refresh);
    }
}

TEST_CASE("sc-50 a flood is one refresh under way and one that waits")
{
    EventDebouncer debouncer{200ms};
    std::size_t refreshes = 0;
    auto now = start;
    for (int i = 0; i != 100'000; ++i, now += 10us) {
        debouncer.received(schema_event("UPDATED", "TABLE", "ks" + std::to_string(i % 100), std::to_string(i)), now);
        debouncer.received(status_event(i % 2 ? "UP" : "DOWN", static_cast<std::uint32_t>(i)), now);
        if (debouncer.take(now)) {
            ++refreshes;
            CHECK_FALSE(debouncer.take(now + 1h));
        }
    }
    CHECK(refreshes == 1);
    debouncer.succeeded();
    const auto last = debouncer.take(now);
    REQUIRE(last);
    CHECK(last->schema.is_full());
    CHECK(last->schema.keyspaces().empty());
    CHECK(last->topology);
    CHECK(last->statuses.size() <= EventDebouncer::max_statuses);
    debouncer.succeeded();
    CHECK_FALSE(debouncer.due());
}

TEST_CASE("a node that flaps has one status, its last")
{
    EventDebouncer debouncer{200ms};
    for (int i = 0; i != 20; ++i)
        debouncer.received(status_event(i % 2 ? "DOWN" : "UP", 1), start + i * 10ms);
    const auto refresh = debouncer.take(start + 200ms);
    REQUIRE(refresh);
    CHECK(refresh->statuses == std::map<EventAddress, bool>{{event_address(1), false}});
    CHECK_FALSE(refresh->topology);
}

TEST_CASE("what came while a refresh was under way goes with the next")
{
    EventDebouncer debouncer{100ms};
    debouncer.received(schema_event("UPDATED", "TABLE", "ks", "a"), start);
    REQUIRE(debouncer.take(start + 100ms));
    debouncer.received(schema_event("UPDATED", "TABLE", "ks", "b"), start + 150ms);
    CHECK_FALSE(debouncer.due());
    CHECK_FALSE(debouncer.take(start + 10s));
    debouncer.succeeded();
    CHECK(debouncer.due() == start + 250ms);
    const auto next = debouncer.take(start + 10s);
    REQUIRE(next);
    CHECK(next->schema.keyspaces().at("ks") == KeyspaceDue{KeyspaceParts{.relations = {{"b", false}}}});
}

TEST_CASE("sc-51 a failed refresh is wanted still, together with what came since")
{
    EventDebouncer debouncer{100ms};
    debouncer.received(schema_event("UPDATED", "TABLE", "ks", "a"), start);
    debouncer.received(schema_event("UPDATED", "TABLE", "ks", "b"), start);
    REQUIRE(debouncer.take(start + 100ms));
    debouncer.received(schema_event("DROPPED", "TABLE", "ks", "b"), start + 150ms);
    debouncer.failed(start + 1s);
    CHECK(debouncer.due() == start + 1100ms);
    const auto again = debouncer.take(start + 1100ms);
    REQUIRE(again);
    CHECK(again->schema.keyspaces().at("ks") == KeyspaceDue{KeyspaceParts{.relations = {{"a", false}, {"b", true}}}});
    debouncer.failed(start + 2s);
    CHECK(debouncer.take(start + 3s) == again);
}

TEST_CASE("a refresh that somebody wants goes with those that events want")
{
    EventDebouncer debouncer{100ms};
    debouncer.request({}, start);
    CHECK_FALSE(debouncer.due());
    debouncer.request({.topology = true, .schema = SchemaDue::everything()}, start);
    debouncer.received(schema_event("DROPPED", "KEYSPACE", "ks"), start);
    const auto refresh = debouncer.take(start + 100ms);
    REQUIRE(refresh);
    CHECK(refresh->topology);
    CHECK(refresh->schema.is_full());
}
