#include "catalog.hpp"

#include "../table.hpp"
#include "body.hpp"

#include <algorithm>

namespace bench {
namespace {

Cell uuid(std::uint64_t high)
{
    return Body{}.long_(high).long_(id_low).bytes();
}

Cell address(std::size_t node)
{
    return std::string("\x7F\0\0", 3) + static_cast<char>(node + 1);
}

Cell host_id(std::size_t node)
{
    return uuid(0x1111'1111'1111'4111 + (node << 32));
}

Cell int_of(std::uint64_t number)
{
    return Body{}.int_(static_cast<std::int64_t>(number)).bytes();
}

Cell yes()
{
    return std::string(1, '\1');
}

/// The elements of a list, a set or (keys and values in turn) a map.
Cell collection(std::size_t size, const std::vector<std::string>& elements)
{
    Body out;
    out.int_(static_cast<std::int64_t>(size));
    for (const auto& element : elements)
        out.int_(static_cast<std::int64_t>(element.size())).raw(element);
    return out.bytes();
}

/// Sixteen tokens, the default of Cassandra 4. All nodes' are spread evenly over the ring, and dealt in turn.
Cell tokens(const Place& place, std::size_t node)
{
    constexpr std::uint64_t per_node = 16;
    const auto step = UINT64_MAX / (per_node * place.nodes);
    std::vector<std::string> all;
    for (std::uint64_t i = 0; i < per_node; ++i)
        all.push_back(std::to_string(static_cast<std::int64_t>((i * place.nodes + node) * step)));
    return collection(all.size(), all);
}

const Cell schema_version = uuid(0x1111'1111'1111'4111);

StoredTable local(const Place& place)
{
    const auto self = address(place.node);
    return {"system",
            "local",
            {{"key", type::text},
             {"bootstrapped", type::text},
             {"broadcast_address", type::inet},
             {"broadcast_port", type::int_},
             {"cluster_name", type::text},
             {"cql_version", type::text},
             {"data_center", type::text},
             {"host_id", type::uuid},
             {"listen_address", type::inet},
             {"native_protocol_version", type::text},
             {"partitioner", type::text},
             {"rack", type::text},
             {"release_version", type::text},
             {"rpc_address", type::inet},
             {"rpc_port", type::int_},
             {"schema_version", type::uuid},
             {"tokens", type::set_of_text}},
            {{"local", "COMPLETED", self, int_of(7000), "bench", "3.4.5", "datacenter1", host_id(place.node), self, "4",
              "org.apache.cassandra.dht.Murmur3Partitioner", "rack1", "4.0.13", self, int_of(place.port),
              schema_version, tokens(place, place.node)}}};
}

/// Of all nodes but this one.
template <class Make> std::vector<std::vector<Cell>> of_others(const Place& place, Make make)
{
    std::vector<std::vector<Cell>> rows;
    for (std::size_t node = 0; node < place.nodes; ++node)
        if (node != place.node)
            rows.push_back(make(node));
    return rows;
}

StoredTable peers(const Place& place)
{
    const auto row = [&](std::size_t node) -> std::vector<Cell> {
        return {address(node), "datacenter1", host_id(node),  address(node),      "rack1",
                "4.0.13",      address(node), schema_version, tokens(place, node)};
    };
    return {"system",
            "peers",
            {{"peer", type::inet},
             {"data_center", type::text},
             {"host_id", type::uuid},
             {"preferred_ip", type::inet},
             {"rack", type::text},
             {"release_version", type::text},
             {"rpc_address", type::inet},
             {"schema_version", type::uuid},
             {"tokens", type::set_of_text}},
            of_others(place, row)};
}

StoredTable peers_v2(const Place& place)
{
    const auto row = [&](std::size_t node) -> std::vector<Cell> {
        return {address(node), int_of(7000), "datacenter1", host_id(node), address(node),  int_of(place.port),
                address(node), int_of(7000), "rack1",       "4.0.13",      schema_version, tokens(place, node)};
    };
    return {"system",
            "peers_v2",
            {{"peer", type::inet},
             {"peer_port", type::int_},
             {"data_center", type::text},
             {"host_id", type::uuid},
             {"native_address", type::inet},
             {"native_port", type::int_},
             {"preferred_ip", type::inet},
             {"preferred_port", type::int_},
             {"rack", type::text},
             {"release_version", type::text},
             {"schema_version", type::uuid},
             {"tokens", type::set_of_text}},
            of_others(place, row)};
}

StoredTable keyspaces()
{
    const Cell replication =
        collection(2, {"class", "org.apache.cassandra.locator.SimpleStrategy", "replication_factor", "1"});
    return {"system_schema",
            "keyspaces",
            {{"keyspace_name", type::text}, {"durable_writes", type::boolean}, {"replication", type::map_of_text}},
            {{std::string(bench_keyspace), yes(), replication}}};
}

StoredTable tables()
{
    return {"system_schema",
            "tables",
            {{"keyspace_name", type::text},
             {"table_name", type::text},
             {"comment", type::text},
             {"flags", type::set_of_text},
             {"id", type::uuid}},
            {{std::string(bench_keyspace), std::string(bench_table), "", collection(1, {"compound"}), uuid(1)}}};
}

std::vector<Cell> described(std::string column, std::string kind, int position, std::string type)
{
    return {std::string(bench_keyspace),   std::string(bench_table), std::move(column), "none", std::move(kind),
            Body{}.int_(position).bytes(), std::move(type)};
}

StoredTable columns()
{
    return {"system_schema",
            "columns",
            {{"keyspace_name", type::text},
             {"table_name", type::text},
             {"column_name", type::text},
             {"clustering_order", type::text},
             {"kind", type::text},
             {"position", type::int_},
             {"type", type::text}},
            {described("age", "regular", -1, "bigint"), described("email", "regular", -1, "text"),
             described("id", "partition_key", 0, "uuid"), described("name", "regular", -1, "text"),
             described("score", "regular", -1, "double")}};
}

std::vector<Cell> cells(const User& u)
{
    return {uuid(u.id_high), std::string(u.name), std::string(u.email),
            Body{}.long_(static_cast<std::uint64_t>(u.age)).bytes(), Body{}.double_(u.score).bytes()};
}

StoredTable users()
{
    StoredTable out{std::string(bench_keyspace),
                    std::string(bench_table),
                    {{"id", type::uuid},
                     {"name", type::text},
                     {"email", type::text},
                     {"age", type::bigint},
                     {"score", type::double_}},
                    {}};
    for (std::size_t n = 0; n < rows_in_page; ++n)
        out.rows.push_back(cells(user(n)));
    return out;
}

}

std::size_t StoredTable::position(std::string_view column) const
{
    const auto found = std::find_if(columns.begin(), columns.end(), [&](const Column& c) { return c.name == column; });
    return static_cast<std::size_t>(found - columns.begin());
}

Catalog::Catalog(const Place& place)
{
    for (const auto make : {local, peers, peers_v2})
        add(make(place));
    for (const auto make : {keyspaces, tables, columns, users})
        add(make());
}

void Catalog::add(StoredTable table)
{
    auto name = table.keyspace + '.' + table.name;
    tables_.emplace(std::move(name), std::move(table));
}

const StoredTable& Catalog::find(const std::string& keyspace, const std::string& name) const
{
    const auto found = tables_.find(keyspace + '.' + name);
    return found == tables_.end() ? nothing_ : found->second;
}

}
