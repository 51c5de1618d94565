#include <lib/metadata/replication_factor.hpp>
#include <lib/metadata/replication_options.hpp>

namespace coodie::metadata {

namespace {

std::string_view simple_name(std::string_view class_name) noexcept
{
    const auto dot = class_name.rfind('.');
    return dot == class_name.npos ? class_name : class_name.substr(dot + 1);
}

void read_simple(Replication& replication)
{
    const auto option = replication.options.find("replication_factor");
    const auto factor = option == replication.options.end() ? std::nullopt : ReplicationFactor::parse(option->second);
    if (!factor)
        return;
    replication.strategy = ReplicationStrategy::simple;
    replication.factor = factor->full;
}

void read_network_topology(Replication& replication)
{
    for (const auto& [name, text] : replication.options) {
        if (name == "class")
            continue;
        const auto factor = ReplicationFactor::parse(text);
        if (!factor) {
            replication.datacenters.clear();
            return;
        }
        replication.datacenters[name] = factor->full;
    }
    replication.strategy = ReplicationStrategy::network_topology;
}

}

Replication read_replication(std::map<std::string, std::string> options)
{
    Replication replication;
    replication.options = std::move(options);
    const auto named = replication.options.find("class");
    const auto name = named == replication.options.end() ? std::string_view{} : simple_name(named->second);
    if (name == "SimpleStrategy")
        read_simple(replication);
    else if (name == "NetworkTopologyStrategy")
        read_network_topology(replication);
    else if (name == "LocalStrategy")
        replication.strategy = ReplicationStrategy::local;
    else if (name == "EverywhereStrategy")
        replication.strategy = ReplicationStrategy::everywhere;
    return replication;
}

}
