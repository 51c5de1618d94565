#include <coodie/session.hpp>
#include <coodie/testing/fake_cluster.hpp>
#include <doctest/doctest.h>
#include <set>

using namespace coodie;
using namespace coodie::testing;

namespace {

Session connect(const FakeCluster& cluster, std::size_t node = 0)
{
    return Session::connect({.hosts = {cluster.address(node)}, .metadata = false});
}

/// What a column says in every row, joined.
std::string column_of(const Rows& rows, std::string_view column)
{
    std::string joined;
    for (const auto& row : rows)
        joined += row[column].as<Value>().to_string() + " ";
    return joined;
}

}

TEST_CASE("each node describes itself in system.local and the others in its peers tables")
{
    FakeCluster cluster{{.nodes = {{.datacenter = "north", .rack = "a"}, {.datacenter = "south", .rack = "b"}}}};
    auto session = connect(cluster, 1);
    const auto local = session.execute("SELECT * FROM system.local WHERE key='local'");
    REQUIRE(local.size() == 1);
    CHECK(local[0]["data_center"].as<std::string>() == "south");
    CHECK(local[0]["host_id"].as<Uuid>() == cluster.host_id(1));
    CHECK(local[0]["rpc_address"].as<Inet>().to_string() == "127.0.0.2");
    CHECK(local[0]["rpc_port"].as<std::int32_t>() == cluster.port());
    CHECK(local[0]["tokens"].as<std::set<std::string>>().size() == 1);
    const auto peers = session.execute("SELECT * FROM system.peers");
    REQUIRE(peers.size() == 1);
    CHECK(peers[0]["rack"].as<std::string>() == "a");
    CHECK(peers[0]["schema_version"].as<Uuid>() == local[0]["schema_version"].as<Uuid>());
    const auto peers_v2 = session.execute("SELECT native_port, host_id FROM system.peers_v2");
    REQUIRE(peers_v2.size() == 1);
    CHECK(peers_v2[0]["native_port"].as<std::int32_t>() == cluster.port());
    CHECK(peers_v2[0]["host_id"].as<Uuid>() == cluster.host_id(0));
}

TEST_CASE("rows of nodes hold nulls and nonsense where they are told to")
{
    FakeCluster cluster{
        {.nodes = {{}, {.peer_columns = {{"host_id", nullptr}, {"rpc_address", *Inet::parse("0.0.0.0")}}}}}};
    auto session = connect(cluster);
    const auto peers = session.execute("SELECT host_id, rpc_address FROM system.peers");
    CHECK(peers[0]["host_id"].is_null());
    CHECK(peers[0]["rpc_address"].as<Inet>().to_string() == "0.0.0.0");
}

TEST_CASE("without peers_v2 only that table is missing")
{
    FakeCluster cluster{{.nodes = 2, .peers_v2 = false}};
    auto session = connect(cluster);
    CHECK_THROWS_WITH(session.execute("SELECT * FROM system.peers_v2"), doctest::Contains("unconfigured table"));
    CHECK(session.execute("SELECT * FROM system.peers").size() == 1);
}

TEST_CASE("nodes may share an address, each with a port of its own")
{
    FakeCluster cluster{{.nodes = 2, .own_ports = true}};
    auto session = connect(cluster);
    const auto peers = session.execute("SELECT native_address, native_port FROM system.peers_v2");
    CHECK("127.0.0.1:" + std::to_string(peers[0]["native_port"].as<std::int32_t>()) == cluster.address(1));
    CHECK(cluster.address(0) != cluster.address(1));
}

TEST_CASE("a node may live at an IPv6 address")
{
    FakeCluster cluster{{.nodes = {{.address = "::1"}}}};
    CHECK(cluster.address(0) == "[::1]:" + std::to_string(cluster.port()));
    auto session = connect(cluster);
    const auto local = session.execute("SELECT rpc_address FROM system.local");
    CHECK(local[0]["rpc_address"].as<Inet>().to_string() == "::1");
}

TEST_CASE("the schema's tables say what the schema holds")
{
    FakeKeyspace shop = FakeKeyspace::network("shop", {{"north", "3"}});
    shop.tables = {table("orders", {{"day", "date"}, {"at", "timestamp"}, {"what", "frozen<address>"}}, 1, 1)};
    shop.tables[0].indexes = {{.name = "by_what", .options = {{"target", "what"}}}};
    shop.types = {{"address", {{"street", "text"}, {"zip", "int"}}}};
    shop.views = {{.name = "by_at", .base = "orders", .columns = {{.name = "at"}}}};
    shop.functions = {{.name = "plus", .arguments = {{"a", "int"}}}};
    shop.aggregates = {{.name = "sum2", .arguments = {"int"}, .state_function = "plus"}};
    FakeCluster cluster{{.schema = {shop, FakeKeyspace::simple("other", 1)}}};
    auto session = connect(cluster);
    struct Example
    {
        const char* table;
        const char* column;
        const char* values;
    };
    const Example examples[]{
        {"keyspaces", "keyspace_name", "'shop' "},
        {"tables", "table_name", "'orders' "},
        {"columns", "column_name", "'day' 'at' 'what' 'at' "},
        {"columns", "position", "0 0 -1 -1 "},
        {"columns", "clustering_order", "'none' 'asc' 'none' 'none' "},
        {"types", "field_types", "['text', 'int'] "},
        {"indexes", "index_name", "'by_what' "},
        {"views", "base_table_name", "'orders' "},
        {"functions", "argument_types", "['int'] "},
        {"aggregates", "state_func", "'plus' "},
        {"aggregates", "initcond", "null "},
    };
    for (const auto& example : examples) {
        CAPTURE(example.table);
        CAPTURE(example.column);
        const std::string table = "SELECT * FROM system_schema." + std::string{example.table};
        CHECK(column_of(session.execute(table + " WHERE keyspace_name = 'shop'"), example.column) == example.values);
        CHECK(column_of(session.execute(Statement{table + " WHERE keyspace_name = ?", "shop"}), example.column) ==
              example.values);
        CHECK(session.execute(table + " WHERE keyspace_name = 'nope'").empty());
    }
    CHECK(session.execute("SELECT * FROM system_schema.keyspaces").size() == 2);
    CHECK(session.execute("SELECT count(*) FROM system_schema.columns")[0]["count"].as<std::int64_t>() == 4);
    CHECK(session.execute("SELECT * FROM system_schema.keyspaces WHERE keyspace_name IN ('shop', 'other')").size() ==
          2);
    const Statement bound{"SELECT * FROM system_schema.tables WHERE keyspace_name IN ? AND table_name = ?",
                          std::vector<std::string>{"nope", "shop"}, "orders"};
    CHECK(session.execute(bound).size() == 1);
}

TEST_CASE("a changed schema shows at once, under a new version for every node")
{
    FakeCluster cluster{{.nodes = 2}};
    auto session = connect(cluster);
    const auto version = [&](const char* table) {
        return session.execute(std::string{"SELECT schema_version FROM system."} + table)[0][0].as<Uuid>();
    };
    const auto before = version("local");
    cluster.change_schema([](FakeSchema& schema) { schema.push_back(FakeKeyspace::simple("new_one", 1)); });
    CHECK(session.execute("SELECT * FROM system_schema.keyspaces").size() == 1);
    CHECK(version("local") != before);
    CHECK(version("local") == version("peers"));
    cluster.change_node(1, [](FakeNode& node) { node.schema_version = Uuid::random(); });
    CHECK(version("local") != version("peers"));
}

TEST_CASE("what no system table has is refused in a server's words")
{
    FakeCluster cluster;
    auto session = connect(cluster);
    CHECK_THROWS_WITH(session.execute("SELECT * FROM system.nope"), doctest::Contains("unconfigured table nope"));
    CHECK_THROWS_WITH(session.execute("SELECT nope FROM system.local"),
                      doctest::Contains("Undefined column name nope"));
}
