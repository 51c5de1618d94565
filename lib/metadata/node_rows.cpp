#include <algorithm>
#include <charconv>
#include <lib/metadata/cells.hpp>
#include <lib/metadata/node_rows.hpp>
#include <lib/metadata/partitioner.hpp>
#include <lib/metadata/warnings.hpp>
#include <limits>
#include <set>

namespace coodie::metadata {

namespace {

bool is_any(const Inet& address) noexcept
{
    return std::ranges::all_of(address.bytes(), [](std::byte byte) { return byte == std::byte{0}; });
}

std::optional<Inet> read_address(const Row& row, std::string_view column)
{
    auto address = read<Inet>(row, column);
    return address && !is_any(*address) ? address : std::nullopt;
}

std::optional<Token> parse_token(std::string_view text) noexcept
{
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size())
        return {};
    return Token{number};
}

class NodeReader
{
public:
    NodeReader(PeersTable table, const Contact& contact) : table_{table}, contact_{contact} {}

    ClusterDescription read(const Rows& local, const Rows& peers)
    {
        if (local.empty())
            warnings_.add("system.local has no row", endpoint(contact_.address, contact_.port));
        else
            read_local(local.front());
        for (const auto row : peers)
            read_peer(row);
        found_.warnings = warnings_.sentences();
        return std::move(found_);
    }

private:
    void read_local(const Row& row);
    void read_peer(const Row& row);
    std::optional<std::uint16_t> read_port(const Row& row) const;
    /// What stands alike in both tables; false when the row is left out.
    bool read_common(const Row& row, const std::string& table, const std::string& where, NodeDescription& node);
    std::vector<Token> read_tokens(const std::set<std::string>& texts, const std::string& table,
                                   const std::string& where);
    bool refuse(const std::string& table, std::string_view fault, const std::string& where)
    {
        warnings_.add(table + ": row left out, " + std::string{fault}, where);
        return false;
    }

    PeersTable table_;
    const Contact& contact_;
    ClusterDescription found_;
    std::set<Uuid> host_ids_;
    Warnings warnings_;
};

void NodeReader::read_local(const Row& row)
{
    found_.cluster_name = read_text(row, "cluster_name");
    found_.partitioner = read_text(row, "partitioner");

    NodeDescription node;
    node.address = contact_.address;
    node.port = contact_.port;
    auto event_address = read_address(row, "rpc_address");
    if (!event_address)
        event_address = read_address(row, "broadcast_address");
    node.event_address = event_address.value_or(contact_.address);
    found_.has_local = read_common(row, "system.local", endpoint(node.address, node.port), node);
    if (found_.has_local)
        found_.nodes.push_back(std::move(node));
}

void NodeReader::read_peer(const Row& row)
{
    const bool v2 = table_ == PeersTable::peers_v2;
    const std::string table = v2 ? "system.peers_v2" : "system.peers";
    const auto among_nodes = read_address(row, "peer");
    const auto where = among_nodes ? among_nodes->to_string() : std::string{"no peer address"};

    auto published = metadata::read<Inet>(row, v2 ? "native_address" : "rpc_address");
    if (published && is_any(*published))
        published = among_nodes;
    if (!published) {
        refuse(table, v2 ? "no native_address" : "no rpc_address", where);
        return;
    }
    const auto port = read_port(row);
    if (!port) {
        refuse(table, "native_port is no port", where);
        return;
    }
    NodeDescription node;
    node.address = node.event_address = *published;
    node.port = *port;
    if (read_common(row, table, where, node))
        found_.nodes.push_back(std::move(node));
}

std::optional<std::uint16_t> NodeReader::read_port(const Row& row) const
{
    if (table_ == PeersTable::peers)
        return contact_.port;
    const auto port = metadata::read<std::int32_t>(row, "native_port");
    if (!port)
        return contact_.port;
    if (*port <= 0 || *port > std::numeric_limits<std::uint16_t>::max())
        return {};
    return static_cast<std::uint16_t>(*port);
}

bool NodeReader::read_common(const Row& row, const std::string& table, const std::string& where, NodeDescription& node)
{
    const auto host_id = metadata::read<Uuid>(row, "host_id");
    const auto datacenter = metadata::read<std::string>(row, "data_center");
    const auto rack = metadata::read<std::string>(row, "rack");
    const auto tokens = metadata::read<std::set<std::string>>(row, "tokens");
    if (!host_id || *host_id == Uuid{})
        return refuse(table, "no host_id", where);
    if (!datacenter)
        return refuse(table, "no data_center", where);
    if (!rack)
        return refuse(table, "no rack", where);
    // The node that was asked works, even if it owns nothing.
    if ((!tokens || tokens->empty()) && table != "system.local")
        return refuse(table, "no tokens", where);
    if (!host_ids_.insert(*host_id).second)
        return refuse(table,
                      found_.has_local && found_.nodes.front().host_id == *host_id
                          ? "it describes the node that was asked"
                          : "its host_id was seen before",
                      where);
    node.host_id = *host_id;
    node.datacenter = *datacenter;
    node.rack = *rack;
    if (tokens)
        node.tokens = read_tokens(*tokens, table, where);
    node.release_version = read_text(row, "release_version");
    node.schema_version = metadata::read<Uuid>(row, "schema_version");
    node.supported_features = read_text(row, "supported_features");
    return true;
}

std::vector<Token> NodeReader::read_tokens(const std::set<std::string>& texts, const std::string& table,
                                           const std::string& where)
{
    std::vector<Token> tokens;
    if (!partitioner_named(found_.partitioner))
        return tokens;
    tokens.reserve(texts.size());
    for (const auto& text : texts)
        if (const auto token = parse_token(text))
            tokens.push_back(*token);
        else
            warnings_.add(table + ": token left out, no 64 bit number", where);
    std::ranges::sort(tokens);
    return tokens;
}

}

std::string endpoint(const Inet& address, std::uint16_t port)
{
    const auto text = address.to_string();
    return (address.is_v4() ? text : "[" + text + "]") + ":" + std::to_string(port);
}

std::string_view peers_query(PeersTable table) noexcept
{
    return table == PeersTable::peers_v2 ? "SELECT * FROM system.peers_v2" : "SELECT * FROM system.peers";
}

ClusterDescription read_nodes(const Rows& local, const Rows& peers, PeersTable table, const Contact& contact)
{
    return NodeReader{table, contact}.read(local, peers);
}

}
