#include "parts.hpp"

namespace fake_cluster {
namespace {

using namespace coodie::testing;

std::map<std::string, std::vector<std::string>> supported_of(const Description& description)
{
    std::map<std::string, std::vector<std::string>> options;
    for (const auto& [name, values] : description.members())
        options[name] = values.texts();
    return options;
}

std::uint16_t port_of(const Description& description)
{
    return static_cast<std::uint16_t>(description.whole_number(0, 65'535));
}

coodie::Uuid uuid_of(const Description& description)
{
    if (const auto id = coodie::Uuid::parse(description.text()))
        return *id;
    description.fail("'" + description.text() + "' is no uuid");
}

FakeNode node_of(const Description& node)
{
    node.only({"datacenter", "rack", "address", "port", "host_id", "tokens", "release_version", "shards", "supported"});
    FakeNode made;
    made.datacenter = node.text_or("datacenter", made.datacenter);
    made.rack = node.text_or("rack", made.rack);
    made.address = node.text_or("address", "");
    made.release_version = node.text_or("release_version", made.release_version);
    node.if_has("port", [&](const auto& port) { made.port = port_of(port); });
    node.if_has("host_id", [&](const auto& id) { made.host_id = uuid_of(id); });
    node.if_has("tokens", [&](const auto& tokens) { made.tokens = tokens.texts(); });
    node.if_has("shards", [&](const auto& n) { made.shards = static_cast<std::uint16_t>(n.whole_number(0, 4096)); });
    node.if_has("supported", [&](const auto& options) { made.supported = supported_of(options); });
    return made;
}

Nodes nodes_of(const Description& nodes)
{
    if (nodes.json().is_number())
        return static_cast<int>(nodes.whole_number(1, 250));
    Nodes made{0};
    for (const auto& node : nodes.elements())
        made.push_back(node_of(node));
    if (made.empty())
        nodes.fail("a cluster has a node at least");
    return made;
}

}

FakeClusterOptions options_of(const Description& file)
{
    file.only({"name", "port", "first_address", "own_ports", "username", "password", "authenticator", "peers_v2",
               "seed", "supported", "nodes", "schema", "statements", "rules"});
    FakeClusterOptions options;
    options.name = file.text_or("name", options.name);
    options.first_address = file.text_or("first_address", options.first_address);
    options.username = file.text_or("username", "");
    options.password = file.text_or("password", "");
    options.authenticator = file.text_or("authenticator", options.authenticator);
    options.port = 9042;
    options.recorded = 1;
    file.if_has("port", [&](const auto& port) { options.port = port_of(port); });
    file.if_has("own_ports", [&](const auto& own) { options.own_ports = own.truth(); });
    file.if_has("peers_v2", [&](const auto& exists) { options.peers_v2 = exists.truth(); });
    file.if_has("seed", [&](const auto& seed) {
        options.seed = static_cast<std::uint32_t>(seed.whole_number(0, 0xFFFF'FFFF));
    });
    file.if_has("supported", [&](const auto& supported) { options.supported = supported_of(supported); });
    file.if_has("nodes", [&](const auto& nodes) { options.nodes = nodes_of(nodes); });
    file.if_has("schema", [&](const auto& schema) { options.schema = schema_of(schema); });
    return options;
}

}
