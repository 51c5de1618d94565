#include "lib/base/run_on.hpp"
#include "lib/session/session_loop.hpp"

// A ticket names a request for whoever may cancel it, at any time and on any thread: the node's address, which stays
// one of a node for ever, a generation, and whether it has arrived on its loop.
//     | 47 bits: address, 1 bit: 0 | 15 bits: generation | 1 bit: arrived |

namespace coodie::detail {

namespace {

constexpr std::uint64_t arrived = 1;
constexpr std::uint64_t cancelled_early = 1; ///< a ticket of no node

}

Canceller SessionLoop::canceller(Request& request)
{
    request.generation = static_cast<std::uint16_t>((request.generation + 1U) & 0x7FFFU);
    const auto ticket = reinterpret_cast<std::uint64_t>(&request) << 16U | std::uint64_t{request.generation} << 1U;
    request.ticket.store(ticket, std::memory_order_relaxed);
    return {weak_from_this(), ticket, [](void* owner, std::uint64_t id) noexcept {
                auto* session = static_cast<SessionLoop*>(owner);
                run_on(session->state(), [self = session->shared_from_this(), id] { self->cancel(id); });
            }};
}

/// False: it was cancelled on its way here.
bool SessionLoop::arrive(Request& request) noexcept
{
    auto ticket = request.ticket.load(std::memory_order_relaxed);
    return ticket != cancelled_early && request.ticket.compare_exchange_strong(ticket, ticket | arrived);
}

void SessionLoop::cancel(std::uint64_t ticket)
{
    auto& request = *reinterpret_cast<Request*>(ticket >> 16U);
    auto expected = ticket;
    if (request.ticket.compare_exchange_strong(expected, cancelled_early) || expected != (ticket | arrived))
        return;
    give_up(request, {errc::cancelled, "the request was cancelled; the server may still do the work"});
}

}
