#include <lib/testing/topology_tables.hpp>

namespace coodie::testing {
namespace {

/// What every table says of a node alike.
StoredRow common_row(const Model& model, const ModelNode& node)
{
    const auto& said = node.description;
    return {{"data_center", said.datacenter},
            {"rack", said.rack},
            {"host_id", *said.host_id},
            {"release_version", said.release_version},
            {"schema_version", model.schema_version_of(node)},
            {"tokens", Value::List(said.tokens.begin(), said.tokens.end())}};
}

void replace(StoredRow& row, const std::map<std::string, Value>& columns)
{
    for (const auto& [name, value] : columns)
        row.insert_or_assign(name, value);
}

template <class AddressColumns>
std::vector<StoredRow> rows_of_peers(const Model& model, std::size_t self, AddressColumns addresses_of)
{
    std::vector<StoredRow> rows;
    for (std::size_t i = 0; i != model.nodes.size(); ++i) {
        const auto& node = model.nodes[i];
        if (i == self || node.removed)
            continue;
        auto row = common_row(model, node);
        replace(row, addresses_of(node));
        replace(row, node.description.peer_columns);
        rows.push_back(std::move(row));
    }
    return rows;
}

}

StoredRow local_row(const Model& model, std::size_t self)
{
    const auto& node = model.nodes[self];
    auto row = common_row(model, node);
    replace(row, {{"key", "local"},
                  {"bootstrapped", "COMPLETED"},
                  {"broadcast_address", node.address},
                  {"broadcast_port", 7000},
                  {"cluster_name", model.options.name},
                  {"cql_version", "3.4.7"},
                  {"gossip_generation", 1},
                  {"listen_address", node.address},
                  {"listen_port", 7000},
                  {"native_protocol_version", "4"},
                  {"partitioner", model.options.partitioner},
                  {"rpc_address", node.address},
                  {"rpc_port", node.port}});
    replace(row, node.description.local_columns);
    return row;
}

std::vector<StoredRow> peers_rows(const Model& model, std::size_t self)
{
    return rows_of_peers(model, self, [](const ModelNode& node) {
        return std::map<std::string, Value>{{"peer", node.address}, {"rpc_address", node.address}};
    });
}

std::vector<StoredRow> peers_v2_rows(const Model& model, std::size_t self)
{
    return rows_of_peers(model, self, [](const ModelNode& node) {
        return std::map<std::string, Value>{
            {"peer", node.address}, {"peer_port", 7000}, {"native_address", node.address}, {"native_port", node.port}};
    });
}

}
