#pragma once

#include <coodie/inet.hpp>
#include <coodie/token.hpp>
#include <coodie/uuid.hpp>
#include <string>
#include <vector>

namespace coodie::metadata {

/// A node as the system tables of a node tell of it.
struct NodeDescription
{
    Uuid host_id;
    Inet address; ///< to connect to; not yet translated
    std::uint16_t port = 0;
    Inet event_address; ///< what events call the node
    std::string datacenter;
    std::string rack;
    std::string release_version;
    std::vector<Token> tokens; ///< none unless the partitioner is Murmur3
    std::optional<Uuid> schema_version;
    std::string supported_features; ///< Scylla's

    friend bool operator==(const NodeDescription&, const NodeDescription&) = default;
};

/// "127.0.0.1:9042", "[::1]:9042"
std::string endpoint(const Inet& address, std::uint16_t port);

}
