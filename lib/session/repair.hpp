#pragma once

#include "lib/session/request.hpp"

namespace coodie::detail {

/// A PREPARE on its way to a host that has forgotten the statement, or has not heard of it yet, and the requests that
/// go there again afterwards.
struct Repair : Exchange, Deadline
{
    SessionLoop* session = nullptr;
    Connection* connection = nullptr;
    HostIndex host{};
    std::shared_ptr<const Prepared> forgotten;
    std::uint32_t keyspace_generation = 0; ///< the session's when it was sent
    bool is_spread = false;                ///< nobody has missed it so far: see HostPreparation
    RequestList waiting;

    explicit Repair(Counter& waiting_count) noexcept : waiting{waiting_count} {}
};

/// What the answer to a PREPARE of this text says. Errors: the server's; errc::protocol where it is no such answer.
Result<std::shared_ptr<const Prepared>> read_prepared(const Answer& answer, const std::string& text,
                                                      const Connection& connection);

}
