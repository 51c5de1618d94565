#include <lib/testing/supported_options.hpp>

namespace coodie::testing {
namespace {

using Options = std::map<std::string, std::vector<std::string>>;

void add_scylla(Options& options, const ModelNode& node, std::uint16_t shard)
{
    options["SCYLLA_SHARD"] = {std::to_string(shard)};
    options["SCYLLA_NR_SHARDS"] = {std::to_string(node.description.shards)};
    options["SCYLLA_PARTITIONER"] = {"org.apache.cassandra.dht.Murmur3Partitioner"};
    options["SCYLLA_SHARDING_ALGORITHM"] = {"biased-token-round-robin"};
    options["SCYLLA_SHARDING_IGNORE_MSB"] = {"12"};
    options["SCYLLA_SHARD_AWARE_PORT"] = {std::to_string(node.shard_aware_port)};
    options["SCYLLA_LWT_ADD_METADATA_MARK"] = {"LWT_OPTIMIZATION_META_BIT_MASK=" + std::to_string(lightweight_bit)};
    options["SCYLLA_RATE_LIMIT_ERROR"] = {"ERROR_CODE=" + std::to_string(rate_limit_code)};
    options["TABLETS_ROUTING_V1"] = {""};
    options["SCYLLA_USE_METADATA_ID"] = {""};
}

}

Options supported_options(const Model& model, const ModelNode& node, std::uint16_t shard)
{
    Options options{
        {"CQL_VERSION", {"3.4.7"}}, {"COMPRESSION", {"snappy", "lz4"}}, {"PROTOCOL_VERSIONS", {"3/v3", "4/v4"}}};
    if (node.description.shards != 0)
        add_scylla(options, node, shard);
    for (const auto* chosen : {&model.options.supported, &node.description.supported})
        for (const auto& [name, values] : *chosen)
            options.insert_or_assign(name, values);
    return options;
}

}
