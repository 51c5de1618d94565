#pragma once

#include "lib/connection/connection.hpp"
#include "lib/session/prepared.hpp"
#include <coodie/host.hpp>
#include <deque>

namespace coodie::detail {

class SessionLoop;

/// The statements that a host is yet to be told of, and whether it takes requests meanwhile.
struct HostPreparation : Deadline
{
    /// On which loop the host is held back.
    enum class Holder : std::uint8_t
    {
        none, ///< it takes requests
        this_loop,
        other, ///< which tells it of everything
    };

    SessionLoop* session = nullptr;
    HostIndex host{};
    Holder holder = Holder::none;
    bool is_admitted = true;                     ///< takes requests
    std::shared_ptr<Connection> connection = {}; ///< the one to tell it on; null: any
    std::uint32_t keyspace_generation = 0;       ///< the session's of what is due
    std::deque<std::shared_ptr<const Prepared>> due = {};
    std::size_t under_way = 0; ///< PREPAREs
};

}
