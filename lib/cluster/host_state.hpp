#pragma once

#include "lib/transport/resolution.hpp"
#include <coodie/host.hpp>

namespace coodie::detail {

/// Where to connect to.
struct Target
{
    Endpoint endpoint;
    ContactPoint server; ///< what was dialled: what a certificate must be for
    std::string label;   ///< in front of errors: "127.0.0.1:9042", "db.example.com:9042 (10.0.0.1)"
};

/// What a session knows of a node: its public face and where it is reached. A value: the host of an index is another
/// one, at another place, once the node has moved.
struct HostState
{
    std::shared_ptr<const coodie::Host> host;
    Target target;

    HostIndex index() const noexcept { return host->index(); }
};

}
