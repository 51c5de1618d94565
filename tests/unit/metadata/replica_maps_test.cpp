#include "cluster.hpp"

#include <doctest/doctest.h>
#include <lib/metadata/partitioner.hpp>
#include <lib/metadata/replica_maps.hpp>
#include <lib/metadata/replication_options.hpp>

using namespace coodie;
using namespace coodie::metadata;

namespace {

using Options = std::map<std::string, std::string>;

Options simple(std::string factor)
{
    return {{"class", "org.apache.cassandra.locator.SimpleStrategy"}, {"replication_factor", std::move(factor)}};
}
Options network_topology(Options datacenters)
{
    datacenters["class"] = "org.apache.cassandra.locator.NetworkTopologyStrategy";
    return datacenters;
}
Options of_class(std::string name)
{
    return {{"class", std::move(name)}};
}

SchemaMetadata schema_of(const std::map<std::string, Options>& keyspaces)
{
    SchemaMetadata schema;
    for (const auto& [name, options] : keyspaces) {
        KeyspaceMetadata keyspace;
        keyspace.name = name;
        keyspace.replication = read_replication(options);
        schema.keyspaces[name] = std::make_shared<const KeyspaceMetadata>(std::move(keyspace));
    }
    return schema;
}

/// The rust cluster, shared as snapshots share it.
struct Nodes
{
    Cluster cluster = rust_cluster();
    std::shared_ptr<const routing::Ring> ring = std::make_shared<const routing::Ring>(cluster.ring);
    std::shared_ptr<const Topology> topology = std::make_shared<const Topology>(cluster.topology);

    ReplicaMaps maps(const std::map<std::string, Options>& keyspaces, const ReplicaMaps* known = nullptr) const
    {
        return ReplicaMaps{ring, topology, schema_of(keyspaces), known};
    }
    std::string replicas(const ReplicaMaps& maps, std::string_view keyspace, std::int64_t token) const
    {
        return cluster.names_of(maps.replicas(keyspace, Token{token}));
    }
};

}

TEST_CASE("the options of a keyspace name its strategy and its factors")
{
    struct Example
    {
        const char* name;
        Options options;
        ReplicationStrategy strategy;
        std::size_t factor = 0;
        std::map<std::string, std::size_t> datacenters = {};
    };
    const Example examples[] = {
        {"simple", simple("3"), ReplicationStrategy::simple, 3},
        {"transient replicas answer no reads", simple("3/1"), ReplicationStrategy::simple, 2},
        {"a factor that is none", simple("many"), ReplicationStrategy::unknown},
        {"simple without a factor", of_class("SimpleStrategy"), ReplicationStrategy::unknown},
        {"by datacenter",
         network_topology({{"eu", "3"}, {"us", "2"}}),
         ReplicationStrategy::network_topology,
         0,
         {{"eu", 3}, {"us", 2}}},
        {"a datacenter with nonsense", network_topology({{"eu", "3"}, {"us", "x"}}), ReplicationStrategy::unknown},
        {"no datacenter", network_topology({}), ReplicationStrategy::network_topology},
        {"local", of_class("org.apache.cassandra.locator.LocalStrategy"), ReplicationStrategy::local},
        {"everywhere", of_class("org.apache.cassandra.locator.EverywhereStrategy"), ReplicationStrategy::everywhere},
        {"somebody's own", of_class("org.example.Strategy"), ReplicationStrategy::unknown},
        {"nothing", {}, ReplicationStrategy::unknown},
    };
    for (const auto& example : examples) {
        CAPTURE(example.name);
        const auto replication = read_replication(example.options);
        CHECK(replication.strategy == example.strategy);
        CHECK(replication.factor == example.factor);
        CHECK(replication.datacenters == example.datacenters);
        CHECK(replication.options == example.options);
    }
}

TEST_CASE("cpp-67 keyspaces have the replicas of their strategies")
{
    const Nodes nodes;
    const auto maps = nodes.maps({{"simple", simple("3")},
                                  {"two", network_topology({{"eu", "3"}, {"us", "3"}})},
                                  {"nowhere", network_topology({{"mars", "3"}})},
                                  {"both", network_topology({{"mars", "3"}, {"us", "1"}})},
                                  {"none", simple("0")},
                                  {"local", of_class("LocalStrategy")},
                                  {"all", of_class("EverywhereStrategy")},
                                  {"odd", of_class("Odd")}});
    CHECK(nodes.replicas(maps, "simple", 701) == "E G B");
    CHECK(nodes.replicas(maps, "two", 160) == "F A C D G E");
    CHECK(nodes.replicas(maps, "both", 75) == "E");
    for (const auto* keyspace : {"nowhere", "none", "local", "all", "odd", "never heard of"}) {
        CAPTURE(keyspace);
        CHECK(maps.of(keyspace) == nullptr);
        CHECK(maps.replicas(keyspace, Token{0}).empty());
    }
    CHECK(ReplicaMaps{}.replicas("simple", Token{0}).empty());
}

TEST_CASE("keyspaces that are replicated alike share one map")
{
    const Nodes nodes;
    const auto maps = nodes.maps({{"a", network_topology({{"eu", "3"}})},
                                  {"b", network_topology({{"eu", "3"}})},
                                  {"c", network_topology({{"eu", "3"}, {"mars", "2"}, {"us", "0"}})},
                                  {"d", network_topology({{"eu", "2"}})},
                                  {"e", simple("3")}});
    CHECK(maps.of("a") == maps.of("b"));
    CHECK(maps.of("a") == maps.of("c"));
    CHECK(maps.of("a") != maps.of("d"));
    CHECK(maps.of("a") != maps.of("e"));
    CHECK(maps.distinct() == 3);
}

TEST_CASE("another schema on the same nodes takes over the maps that it needs")
{
    const Nodes nodes;
    const auto before = nodes.maps({{"a", simple("3")}, {"b", simple("2")}});
    const auto after = nodes.maps({{"a", simple("3")}, {"c", simple("1")}}, &before);
    CHECK(after.of("a") == before.of("a"));
    CHECK(after.of("b") == nullptr);
    CHECK(after.of("c") != nullptr);
    CHECK(after.distinct() == 2);

    const Nodes other;
    const auto elsewhere = other.maps({{"a", simple("3")}}, &before);
    CHECK(elsewhere.of("a") != before.of("a"));
    CHECK(other.replicas(elsewhere, "a", 701) == "E G B");
}

TEST_CASE("maps keep the ring that they look into")
{
    ReplicaMaps kept;
    {
        const Nodes nodes;
        kept = nodes.maps({{"a", simple("1")}});
    }
    CHECK(kept.replicas("a", Token{0}).size() == 1);
}

TEST_CASE("cpp-67 256 tokens of each of 60 nodes are mapped")
{
    Topology topology;
    std::vector<routing::RingToken> tokens;
    std::uint64_t random = 1;
    for (std::uint32_t node = 0; node != 60; ++node) {
        topology.add(node % 2 == 0 ? "eu" : "us", "r" + std::to_string(node % 3));
        for (int i = 0; i != 256; ++i)
            tokens.push_back(
                {Token{static_cast<std::int64_t>(random = random * 6364136223846793005U + 1)}, NodeIndex{node}});
    }
    const ReplicaMaps maps{std::make_shared<const routing::Ring>(std::move(tokens)),
                           std::make_shared<const Topology>(std::move(topology)),
                           schema_of({{"ks", network_topology({{"eu", "3"}, {"us", "3"}})}})};
    for (std::int64_t token = -100; token != 100; ++token)
        CHECK(maps.replicas("ks", Token{token * (std::int64_t{1} << 56)}).size() == 6);
}

TEST_CASE("partitioners are known by their class, in whatever package")
{
    CHECK(partitioner_named("org.apache.cassandra.dht.Murmur3Partitioner") == protocol::Partitioner::murmur3);
    CHECK(partitioner_named("com.scylladb.dht.Murmur3Partitioner") == protocol::Partitioner::murmur3);
    CHECK(partitioner_named("Murmur3Partitioner") == protocol::Partitioner::murmur3);
    CHECK(partitioner_named("com.scylladb.dht.CDCPartitioner") == protocol::Partitioner::cdc);
    for (const auto* other : {"org.apache.cassandra.dht.RandomPartitioner",
                              "org.apache.cassandra.dht.ByteOrderedPartitioner", "", ".", "Murmur3Partitioner."})
    {
        CAPTURE(other);
        CHECK_FALSE(partitioner_named(other));
    }
}

TEST_CASE("a factor of many nodes makes no map, however large it is")
{
    for (const std::uint32_t size : {64U, 65U}) {
        CAPTURE(size);
        Topology topology;
        std::vector<routing::RingToken> tokens;
        for (std::uint32_t node = 0; node != size; ++node) {
            topology.add("eu", "r1");
            tokens.push_back({Token{node}, NodeIndex{node}});
        }
        const ReplicaMaps maps{
            std::make_shared<const routing::Ring>(std::move(tokens)),
            std::make_shared<const Topology>(std::move(topology)),
            schema_of({{"simple", simple("1000000000")}, {"eu", network_topology({{"eu", "1000000000"}})}})};
        for (const auto* keyspace : {"simple", "eu"})
            CHECK((maps.of(keyspace) == nullptr) == (size == 65));
    }
}
