#pragma once

#include "lib/session/request.hpp"

namespace coodie::detail {

/// A PREPARE on its way to a host that has forgotten the statement, and the requests that go there again afterwards.
struct Repair : Exchange, Deadline
{
    SessionLoop* session = nullptr;
    Connection* connection = nullptr;
    HostIndex host{};
    std::shared_ptr<const Prepared> forgotten;
    std::uint32_t keyspace_generation = 0; ///< the session's when it was sent
    RequestList waiting;

    explicit Repair(Counter& waiting_count) noexcept : waiting{waiting_count} {}
};

}
