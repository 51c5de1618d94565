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

Cell localhost()
{
    return std::string("\x7F\0\0\1", 4);
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

/// Sixteen tokens, the default of Cassandra 4, spread evenly over the ring.
Cell tokens()
{
    std::vector<std::string> all;
    for (std::uint64_t i = 0; i < 16; ++i)
        all.push_back(std::to_string(static_cast<std::int64_t>(i << 60)));
    return collection(all.size(), all);
}

StoredTable local()
{
    const Cell version = uuid(0x1111'1111'1111'4111);
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
            {{"local", "COMPLETED", localhost(), Body{}.int_(7000).bytes(), "bench", "3.4.5", "datacenter1", version,
              localhost(), "4", "org.apache.cassandra.dht.Murmur3Partitioner", "rack1", "4.0.13", localhost(), Cell{},
              version, tokens()}}};
}

StoredTable peers()
{
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
            {}};
}

StoredTable peers_v2()
{
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
            {}};
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

Catalog::Catalog()
{
    for (const auto make : {local, peers, peers_v2, keyspaces, tables, columns, users})
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
