#include "numbered.hpp"
#include <coodie/container_codecs.hpp>
#include <coodie/testing/rows.hpp>
#include <doctest/doctest.h>
#include <lib/metadata/node_rows.hpp>
#include <limits>
#include <set>

using namespace coodie;
using namespace coodie::metadata;
using coodie::testing::no_rows;
using coodie::testing::row;
using coodie::testing::RowOfValues;
using coodie::testing::rows;

namespace {

using Tokens = std::set<std::string>;

Inet inet(std::string_view text)
{
    return *Inet::parse(text);
}

const Contact contact{inet("127.0.0.1"), 9042};
constexpr auto murmur3 = "org.apache.cassandra.dht.Murmur3Partitioner";

/// One row of system.local; every cell may be null.
struct Local
{
    std::optional<Uuid> host_id = numbered(1);
    std::optional<std::string> datacenter = "dc1";
    std::optional<Tokens> tokens = Tokens{"-5", "5"};
    std::optional<Inet> rpc_address = inet("10.0.0.1");
    std::string partitioner = murmur3;

    Rows read() const
    {
        return rows({"key", "cluster_name", "partitioner", "host_id", "data_center", "rack", "tokens", "rpc_address",
                     "broadcast_address", "release_version", "schema_version"},
                    row(std::string{"local"}, std::string{"Test Cluster"}, partitioner, host_id, datacenter,
                        std::string{"r1"}, tokens, rpc_address, inet("10.1.0.1"), std::string{"5.0.8"}, numbered(99)));
    }
};

/// One row of system.peers_v2 or system.peers.
struct Peer
{
    const char* name = "";
    const char* fault = ""; ///< in the warning; empty: the row is fine
    std::optional<Uuid> host_id = numbered(2);
    std::optional<std::string> datacenter = "dc1";
    std::optional<std::string> rack = "r1";
    std::optional<Tokens> tokens = Tokens{"7"};
    std::optional<Inet> address = inet("10.0.0.2");
    std::optional<std::int32_t> port = 9142;

    RowOfValues row_v2() const
    {
        return row(inet("10.1.0.2"), address, port, host_id, datacenter, rack, tokens, std::string{"5.0.8"},
                   std::optional<Uuid>{});
    }
    RowOfValues row_v1() const
    {
        return row(inet("10.1.0.2"), address, host_id, datacenter, rack, tokens, std::string{"5.0.8"});
    }
};

Rows peers_v2(const std::vector<Peer>& peers)
{
    std::vector<RowOfValues> content;
    for (const auto& peer : peers)
        content.push_back(peer.row_v2());
    return rows({"peer", "native_address", "native_port", "host_id", "data_center", "rack", "tokens", "release_version",
                 "schema_version"},
                content);
}

Rows peers_v1(const std::vector<Peer>& peers)
{
    std::vector<RowOfValues> content;
    for (const auto& peer : peers)
        content.push_back(peer.row_v1());
    return rows({"peer", "rpc_address", "host_id", "data_center", "rack", "tokens", "release_version"}, content);
}

Rows no_peers()
{
    return no_rows<Inet>({"peer"});
}

}

TEST_CASE("the node that was asked comes first and is reached where it was reached")
{
    const auto cluster = read_nodes(Local{}.read(), no_peers(), PeersTable::peers_v2, contact);
    REQUIRE(cluster.nodes.size() == 1);
    CHECK(cluster.has_local);
    CHECK(cluster.warnings.empty());
    CHECK(cluster.cluster_name == "Test Cluster");
    CHECK(cluster.partitioner == murmur3);
    const auto& node = cluster.nodes[0];
    CHECK(node.host_id == numbered(1));
    CHECK(endpoint(node.address, node.port) == "127.0.0.1:9042");
    CHECK(node.event_address == inet("10.0.0.1"));
    CHECK(node.datacenter == "dc1");
    CHECK(node.rack == "r1");
    CHECK(node.release_version == "5.0.8");
    CHECK(node.schema_version == numbered(99));
    CHECK(node.tokens == std::vector{Token{-5}, Token{5}});
}

TEST_CASE("events call a node that publishes 0.0.0.0 by its address among the nodes")
{
    for (const auto* any : {"0.0.0.0", "::"}) {
        CAPTURE(any);
        const auto cluster = read_nodes(Local{.rpc_address = inet(any)}.read(), peers_v2({{.address = inet(any)}}),
                                        PeersTable::peers_v2, contact);
        REQUIRE(cluster.nodes.size() == 2);
        CHECK(cluster.warnings.empty());
        CHECK(cluster.nodes[0].event_address == inet("10.1.0.1"));
        CHECK(cluster.nodes[1].event_address == inet("10.1.0.2"));
        CHECK(cluster.nodes[1].address == inet("10.1.0.2"));
    }
}

TEST_CASE("peers_v2 has ports of its own, peers has that of the node that was asked")
{
    const auto v2 = read_nodes(Local{}.read(), peers_v2({{}}), PeersTable::peers_v2, contact);
    REQUIRE(v2.nodes.size() == 2);
    CHECK(endpoint(v2.nodes[1].address, v2.nodes[1].port) == "10.0.0.2:9142");
    const auto v1 = read_nodes(Local{}.read(), peers_v1({{}}), PeersTable::peers, contact);
    REQUIRE(v1.nodes.size() == 2);
    CHECK(endpoint(v1.nodes[1].address, v1.nodes[1].port) == "10.0.0.2:9042");
    const auto null_port = read_nodes(Local{}.read(), peers_v2({{.port = {}}}), PeersTable::peers_v2, contact);
    CHECK(null_port.nodes.at(1).port == 9042);
}

TEST_CASE("an IPv6 address stands in brackets")
{
    const auto cluster =
        read_nodes(Local{}.read(), peers_v2({{.address = inet("fd00::2")}}), PeersTable::peers_v2, contact);
    REQUIRE(cluster.nodes.size() == 2);
    CHECK(endpoint(cluster.nodes[1].address, cluster.nodes[1].port) == "[fd00::2]:9142");
}

TEST_CASE("sc-49 cpp-60 rows of nobody are left out with one warning for each kind of fault")
{
    const Peer faulty[] = {
        {.name = "no host_id", .fault = "no host_id", .host_id = {}},
        {.name = "host_id of zeros", .fault = "no host_id", .host_id = Uuid{}},
        {.name = "no datacenter", .fault = "no data_center", .datacenter = {}},
        {.name = "no rack", .fault = "no rack", .rack = {}},
        {.name = "no tokens", .fault = "no tokens", .tokens = {}},
        {.name = "an empty set of tokens", .fault = "no tokens", .tokens = Tokens{}},
        {.name = "no address", .fault = "no native_address", .address = {}},
        {.name = "port 0", .fault = "native_port is no port", .port = 0},
        {.name = "port -1", .fault = "native_port is no port", .port = -1},
        {.name = "port 65536", .fault = "native_port is no port", .port = 65536},
        {.name = "the node that was asked", .fault = "describes the node that was asked", .host_id = numbered(1)},
        {.name = "a host_id of another row", .fault = "its host_id was seen before", .host_id = numbered(3)},
    };
    for (const auto& peer : faulty) {
        CAPTURE(peer.name);
        const auto cluster =
            read_nodes(Local{}.read(), peers_v2({{.host_id = numbered(3)}, peer, peer, {.host_id = numbered(4)}}),
                       PeersTable::peers_v2, contact);
        REQUIRE(cluster.nodes.size() == 3);
        CHECK(cluster.nodes[1].host_id == numbered(3));
        CHECK(cluster.nodes[2].host_id == numbered(4));
        REQUIRE(cluster.warnings.size() == 1);
        CHECK(cluster.warnings[0].find(peer.fault) != std::string::npos);
        CHECK(cluster.warnings[0].find("10.1.0.2 and 1 more") != std::string::npos);
    }
    const auto old = read_nodes(Local{}.read(), peers_v1({{.address = {}}}), PeersTable::peers, contact);
    CHECK(old.nodes.size() == 1);
    CHECK(old.warnings == std::vector<std::string>{"system.peers: row left out, no rpc_address (10.1.0.2)"});
}

TEST_CASE("a node that was asked and does not say who it is leaves its peers")
{
    for (const auto& local : {Local{.host_id = {}}, Local{.datacenter = {}}}) {
        const auto cluster = read_nodes(local.read(), peers_v2({{}}), PeersTable::peers_v2, contact);
        CHECK_FALSE(cluster.has_local);
        CHECK(cluster.nodes.size() == 1);
        CHECK(cluster.warnings.size() == 1);
    }
    const auto nothing = read_nodes(no_rows<Uuid>({"host_id"}), peers_v2({{}}), PeersTable::peers_v2, contact);
    CHECK_FALSE(nothing.has_local);
    CHECK(nothing.warnings == std::vector<std::string>{"system.local has no row (127.0.0.1:9042)"});
}

TEST_CASE("a node that was asked counts even if it owns nothing")
{
    const auto cluster = read_nodes(Local{.tokens = {}}.read(), no_peers(), PeersTable::peers_v2, contact);
    CHECK(cluster.has_local);
    CHECK(cluster.nodes.at(0).tokens.empty());
}

TEST_CASE("tokens that are no numbers of 64 bits are left out, their node is not")
{
    constexpr auto lowest = Token{std::numeric_limits<std::int64_t>::min()};
    for (const auto* bad : {"", "x", "5x", " 5", "9223372036854775808", "5.0", "--5", "+5"}) {
        CAPTURE(bad);
        const auto cluster = read_nodes(Local{}.read(), peers_v2({{.tokens = Tokens{bad, "-9223372036854775808"}}}),
                                        PeersTable::peers_v2, contact);
        REQUIRE(cluster.nodes.size() == 2);
        CHECK(cluster.nodes[1].tokens == std::vector{lowest});
        CHECK(cluster.warnings.size() == 1);
    }
}

TEST_CASE("other partitioners' tokens are nobody's business")
{
    const auto* const random = "org.apache.cassandra.dht.RandomPartitioner";
    const Tokens large{"85070591730234615865843651857942052864"};
    const auto cluster = read_nodes(Local{.tokens = large, .partitioner = random}.read(), peers_v2({{.tokens = large}}),
                                    PeersTable::peers_v2, contact);
    CHECK(cluster.nodes.size() == 2);
    CHECK(cluster.nodes[1].tokens.empty());
    CHECK(cluster.warnings.empty());
}

TEST_CASE("columns of other types than expected count as null")
{
    const auto strange = rows({"peer", "native_address", "host_id", "tokens"}, row(1, std::string{"10.0.0.2"}, 3, 4));
    const auto cluster = read_nodes(Local{}.read(), strange, PeersTable::peers_v2, contact);
    CHECK(cluster.nodes.size() == 1);
    CHECK(cluster.warnings.size() == 1);
}
