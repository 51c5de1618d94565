// Where replicas are.
#include "kinds.hpp"

#include <algorithm>
#include <lib/metadata/network_topology_strategy.hpp>
#include <lib/metadata/replica_map.hpp>
#include <lib/metadata/replication_factor.hpp>
#include <lib/metadata/simple_strategy.hpp>
#include <map>

namespace vectors {

namespace {

using namespace coodie;
using namespace coodie::metadata;
using routing::Ring;

std::string text_or_none(const Json& text)
{
    return text.is_null() ? std::string{} : text.get<std::string>();
}

/// Nodes, where the facts say where they stand, and who owns which token.
struct Cluster
{
    explicit Cluster(const Json& input)
    {
        const auto nodes = input.value("nodes", Json::object());
        for (const auto& [name, location] : nodes.items())
            add(name, text_or_none(location.at(0)), text_or_none(location.at(1)));
        std::vector<routing::RingToken> tokens;
        for (const auto& entry : input.at("ring"))
            tokens.push_back({Token{integer(entry.at(0))}, node(entry.at(1).get<std::string>())});
        ring = Ring{tokens};
    }

    Json names_of(std::span<const NodeIndex> nodes) const
    {
        Json list = Json::array();
        for (const auto node : nodes)
            list.push_back(names[static_cast<std::size_t>(node)]);
        return list;
    }

    std::vector<std::string> names;
    Topology topology;
    Ring ring;

private:
    NodeIndex add(const std::string& name, const std::string& datacenter, const std::string& rack)
    {
        names.push_back(name);
        return indexes[name] = topology.add(datacenter, rack);
    }
    NodeIndex node(const std::string& name)
    {
        const auto known = indexes.find(name);
        return known == indexes.end() ? add(name, "", "") : known->second;
    }

    std::map<std::string, NodeIndex> indexes;
};

std::size_t factor(const Json& number)
{
    if (number.is_number())
        return number.get<std::size_t>();
    const auto parsed = ReplicationFactor::parse(number.get_ref<const std::string&>());
    expect(parsed.has_value(), "no replication factor: " + number.dump());
    return parsed->full;
}

RackRepeats order_of(const Json& input)
{
    const auto order = input.value("order", "set");
    if (order == "drain-skipped")
        return RackRepeats::drained;
    expect(order == "set" || order == "acceptable-repeats", "an unknown order: " + order);
    return RackRepeats::accepted;
}

NetworkTopologyStrategy network_topology(const Cluster& cluster, const Json& input)
{
    std::vector<DatacenterFactor> factors;
    if (input.contains("dc"))
        factors.push_back({input.at("dc"), factor(input.at("rf"))});
    else
        for (const auto& [datacenter, number] : input.at("rf").items())
            factors.push_back({datacenter, factor(number)});
    return {cluster.ring, cluster.topology, factors, order_of(input)};
}

void expect_replicas(const Json& input, Json actual, Json expected)
{
    if (input.value("order", "") == "set") {
        std::sort(actual.begin(), actual.end());
        std::sort(expected.begin(), expected.end());
    }
    expect_same("replicas", actual, expected);
}

void expect_at_token(const Json& input, const Cluster& cluster, const ReplicaMap& map, const Json& expected)
{
    const auto replicas = cluster.names_of(map.replicas(Token{integer(input.at("token"))}));
    expect_replicas(input, replicas, expected.at("replicas"));
}

void expect_at_all(const Json& input, const Cluster& cluster, const ReplicaMap& map, const Json& expected)
{
    for (const auto& [token, replicas] : expected.at("replicas").items())
        expect_replicas(input, cluster.names_of(map.replicas(Token{integer(token)})), replicas);
}

using Expectation = void (*)(const Json&, const Cluster&, const ReplicaMap&, const Json&);

template <Expectation ExpectReplicas> void simple(const Json& input, const Json& expected)
{
    const Cluster cluster{input};
    const SimpleStrategy strategy{factor(input.at("rf"))};
    const ReplicaMap map{cluster.ring, [&](std::size_t place) { return strategy.replicas(cluster.ring, place); }};
    ExpectReplicas(input, cluster, map, expected);
}

template <Expectation ExpectReplicas> void network(const Json& input, const Json& expected)
{
    const Cluster cluster{input};
    const auto strategy = network_topology(cluster, input);
    const ReplicaMap map{cluster.ring, [&](std::size_t place) { return strategy.replicas(place); }};
    ExpectReplicas(input, cluster, map, expected);
}

void ring_lookup(const Json& input, const Json& expected)
{
    const Cluster cluster{input};
    const auto place = cluster.ring.place_of(Token{integer(input.at("token"))});
    const auto& owner = cluster.ring[place];
    expect_fields({{"owner", cluster.names[static_cast<std::size_t>(owner.owner)]},
                   {"token", std::to_string(static_cast<std::int64_t>(owner.token))}},
                  expected);
}

void replication_factor(const Json& input, const Json& expected)
{
    const auto parsed = ReplicationFactor::parse(input.at("text").get_ref<const std::string&>());
    if (expected.contains("error"))
        expect(!parsed, "accepted");
    else {
        expect(parsed.has_value(), "refused");
        expect_fields({{"full", parsed->full}, {"transient", parsed->transient}}, expected);
    }
}

constexpr Kind kinds[] = {
    {"simple_replicas", simple<expect_at_token>},      {"simple_replicas_by_token", simple<expect_at_all>},
    {"nts_replicas", network<expect_at_token>},        {"nts_replicas_dc", network<expect_at_token>},
    {"nts_replicas_by_token", network<expect_at_all>}, {"ring_lookup", ring_lookup},
    {"replication_factor", replication_factor},
};

}

std::span<const Kind> replica_kinds()
{
    return kinds;
}

}
