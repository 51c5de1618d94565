#include "lib/session/session_loop.hpp"

#include <algorithm>

// The first connections of a loop, and how it hears of all others.

namespace coodie::detail {

void SessionLoop::connect(Done done)
{
    if (closed_ || state().has_ended())
        return done(why_closed());
    state().move_in(*this);
    connecting_.emplace(std::move(done));
    open_pools();
}

void SessionLoop::open_pools()
{
    const auto& options = settings_->options;
    for (const auto& [host, server] : settings_->hosts)
        pools_.add(std::make_shared<HostPool>(state(), pool_settings_, host, server, *this));
    pools_.rank(*options.load_balancing_policy, {});
    pools_.for_each([&](HostPool& pool) {
        switch (pools_.tiers().distance_of(pool.host().index())) {
        case HostDistance::local: return pool.open(options.connections_per_local_host);
        case HostDistance::remote: return pool.open(options.connections_per_remote_host);
        case HostDistance::ignored: return;
        }
    });
}

void SessionLoop::cancel_connect()
{
    if (connecting_)
        connect_failed({errc::cancelled, "connecting was cancelled"});
}

void SessionLoop::connect_failed(const Error& error)
{
    const auto done = std::move(connecting_->done);
    connecting_.reset();
    pools_.close(error);
    if (!state().is_ending())
        done(error);
}

void SessionLoop::pool_changed(HostPool& pool) noexcept
{
    pools_.update();
    if (connecting_ && pool.is_usable()) {
        const auto done = std::move(connecting_->done);
        connecting_.reset();
        return done({});
    }
    submit_waiting();
}

/// Connecting fails once every host has failed.
void SessionLoop::pool_failed(HostPool& pool, const Error& error) noexcept
{
    if (!connecting_)
        return;
    auto& failures = connecting_->failures;
    const auto& host = pool.host().address();
    if (std::ranges::find(failures, host, &Failure::label) != failures.end())
        return;
    failures.push_back({host, error});
    if (failures.size() == pools_.tiers().hosts().size())
        connect_failed(unreachable(failures));
}

}
