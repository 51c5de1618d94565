#include "lib/cluster/token_map.hpp"

#include <coodie/metadata.hpp>
#include <doctest/doctest.h>

using namespace coodie;
using namespace coodie::detail;

namespace {

SchemaMetadata schema_of(const std::map<std::string, Replication>& keyspaces)
{
    SchemaMetadata schema;
    for (const auto& [name, replication] : keyspaces) {
        auto keyspace = std::make_shared<KeyspaceMetadata>();
        keyspace->name = name;
        keyspace->replication = replication;
        schema.keyspaces.emplace(name, keyspace);
    }
    return schema;
}

Replication simple(std::size_t factor)
{
    Replication replication;
    replication.strategy = ReplicationStrategy::simple;
    replication.factor = factor;
    return replication;
}

Replication of(ReplicationStrategy strategy)
{
    Replication replication;
    replication.strategy = strategy;
    return replication;
}

/// Host 1 was removed: it has its place and no tokens.
std::shared_ptr<const TokenMap::Places> three_hosts()
{
    TokenMap::Places places;
    for (const auto* datacenter : {"dc1", "", "dc1", "dc2"})
        places.topology.add(datacenter, "r1");
    places.ring = routing::Ring{{{Token{-100}, HostIndex{0}}, {Token{0}, HostIndex{2}}, {Token{100}, HostIndex{3}}}};
    return std::make_shared<const TokenMap::Places>(std::move(places));
}

std::vector<HostIndex> listed(std::span<const HostIndex> hosts)
{
    return {hosts.begin(), hosts.end()};
}

}

TEST_CASE("replicas of a token are hosts, in the server's order")
{
    Replication network = of(ReplicationStrategy::network_topology);
    network.datacenters = {{"dc1", 2}, {"dc2", 1}};
    const auto schema = schema_of({{"two", simple(2)}, {"network", network}});
    const TokenMap map{three_hosts(), schema, {}};
    CHECK(listed(map.replicas("two", Token{-5})) == std::vector{HostIndex{2}, HostIndex{3}});
    CHECK(listed(map.replicas("two", Token{101})) == std::vector{HostIndex{0}, HostIndex{2}});
    CHECK(listed(map.replicas("network", Token{50})) == std::vector{HostIndex{3}, HostIndex{0}, HostIndex{2}});
}

TEST_CASE("where nobody knows the replicas there are none, and that is no error")
{
    const auto schema = schema_of({{"local", of(ReplicationStrategy::local)},
                                   {"own", of(ReplicationStrategy::unknown)},
                                   {"everywhere", of(ReplicationStrategy::everywhere)}});
    const TokenMap map{three_hosts(), schema, {}};
    CHECK(map.replicas("local", Token{0}).empty());
    CHECK(map.replicas("own", Token{0}).empty());
    CHECK(map.replicas("no such keyspace", Token{0}).empty());
    CHECK(map.replicas("everywhere", Token{0}).size() == 3);
    CHECK(TokenMap{}.replicas("local", Token{0}).empty());
    CHECK(TokenMap{std::make_shared<const TokenMap::Places>(), schema, {}}.replicas("everywhere", Token{0}).empty());
}

TEST_CASE("keyspaces of equal replication share their replicas, also with the map before")
{
    const auto places = three_hosts();
    const TokenMap first{places, schema_of({{"a", simple(2)}, {"b", simple(2)}, {"c", simple(3)}}), {}};
    CHECK(first.replicas("a", Token{0}).data() == first.replicas("b", Token{0}).data());
    CHECK(first.replicas("a", Token{0}).data() != first.replicas("c", Token{0}).data());
    const TokenMap second{places, schema_of({{"d", simple(2)}}), first};
    CHECK(second.replicas("d", Token{0}).data() == first.replicas("a", Token{0}).data());
    const TokenMap elsewhere{three_hosts(), schema_of({{"d", simple(2)}}), first};
    CHECK(elsewhere.replicas("d", Token{0}).data() != first.replicas("a", Token{0}).data());
}
