#pragma once

#include "lib/session/request.hpp"

namespace coodie::detail {

/// A request that several hosts may be asked at once, by an execution each: the first answer counts. They share the
/// leader's plan, so that no host is asked twice.
struct Race : Deadline ///< when the next execution begins
{
    Request* leader;               ///< the execution that began first: handler, time limit and history are its
    std::vector<Request*> running; ///< what may still be answered
    unsigned started = 1;
};

inline Request& leader_of(Request& request) noexcept
{
    return request.race ? *request.race->leader : request;
}

/// Another execution of the same may still be answered.
inline bool has_company(const Request& request) noexcept
{
    return request.race && request.race->running.size() > 1;
}

}
