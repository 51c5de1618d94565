#include <coodie/pool_state.hpp>

#include "lib/base/block_on.hpp"
#include "lib/session/session_state.hpp"

namespace coodie {

using detail::HostPool;
using detail::OnEachLoop;
using detail::SessionAccess;
using detail::SessionLoop;

namespace {

using PoolStates = std::vector<PoolState>;
using StatesHandler = AnyHandler<void(std::exception_ptr, PoolStates)>;

/// What the loops tell, each in its time. A host that one of them knows anew is the one that counts.
struct Gathered
{
    explicit Gathered(StatesHandler h) : handler{std::move(h)} {}

    void add(const HostPool& pool)
    {
        const std::lock_guard lock{mutex};
        auto& state = states[pool.host().index()];
        state.host = pool.shared_host();
        state.wanted += pool.wanted_count();
        state.open += pool.open_count();
        state.opening += pool.opening_count();
        state.in_flight += pool.in_flight();
        state.given_up += pool.orphans();
    }
    PoolStates take()
    {
        PoolStates all;
        for (auto& [host, state] : states)
            all.push_back(std::move(state));
        return all;
    }

    std::mutex mutex;
    std::map<HostIndex, PoolState> states;
    StatesHandler handler;
};

}

void SessionAccess::pool_state(const Session& session, StatesHandler handler)
{
    if (!session.state_)
        return handler.complete(Loop{}, nullptr, PoolStates{});
    const auto gathered = std::make_shared<Gathered>(std::move(handler));
    OnEachLoop::run(
        session.state_->loops(), OnEachLoop::Order::at_once,
        [gathered](SessionLoop& loop, const SessionLoop::Done& done) {
            loop.for_each_pool([&](const HostPool& pool) { gathered->add(pool); });
            done({});
        },
        session.state_->limit(),
        [gathered, loop = session.loop()](const Error& error) {
            gathered->handler.complete(loop, error.as_exception(), error ? PoolStates{} : gathered->take());
        });
}

PoolStates Session::pool_state() const
{
    return detail::block_on<PoolStates>(
        loop(), [&](StatesHandler handler) { SessionAccess::pool_state(*this, std::move(handler)); });
}

}
