#pragma once

#include <coodie/host.hpp>

namespace coodie {

/// The connections of a session to one host that take requests, those of all its loops together, and what is on them.
struct PoolState
{
    std::shared_ptr<const Host> host;
    std::size_t wanted = 0;    ///< connections that the pool shall have
    std::size_t open = 0;      ///< that take requests
    std::size_t opening = 0;   ///< that will, if they can be opened
    std::size_t in_flight = 0; ///< requests of all kinds that the host has not answered yet, those given up too
    std::size_t given_up = 0;  ///< of these, the ones that nobody waits for any more
};

}
