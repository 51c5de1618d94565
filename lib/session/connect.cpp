#include "lib/session/session_loop.hpp"

#include <algorithm>

// How a loop begins: connected as soon as one host can be used, failed once every one has failed.

namespace coodie::detail {

void SessionLoop::connect(Done done)
{
    if (closed_ || state().has_ended()) {
        shut(why_closed()); // nobody else will
        return done(why_closed());
    }
    state().move_in(*this);
    connecting_->done = std::move(done);
    if (number_ == 0)
        control_plane_->start();
    check_connected();
}

void SessionLoop::cancel_connect()
{
    if (connecting_)
        shut({errc::cancelled, "connecting was cancelled"});
}

std::vector<Failure> SessionLoop::connect_failures() const
{
    if (!connecting_)
        return {};
    if (!connecting_->cluster_is_known)
        return control_plane_->failures();
    auto failures = connecting_->failures;
    for (const auto index : pools_.indexes()) {
        const auto& address = pools_.pool(index)->host().address();
        if (std::ranges::find(failures, address, &Failure::label) == failures.end())
            failures.push_back({address, {errc::connection_lost, address + ": no connection yet"}});
    }
    return failures;
}

/// What is known of the cluster has been told, or why nothing is.
void SessionLoop::know_cluster(const Error& error)
{
    if (!connecting_)
        return;
    connecting_->cluster_is_known = true;
    connecting_->failure = error;
    check_connected();
}

void SessionLoop::check_connected()
{
    if (!connecting_ || !connecting_->done || !connecting_->cluster_is_known)
        return;
    if (connecting_->failure)
        return shut(Error{connecting_->failure});
    if (pools_.any_usable()) {
        const auto done = std::move(connecting_->done);
        connecting_.reset();
        if (number_ == 0)
            log().write(LogLevel::info, "connected to the cluster '" + connection_options_.handshake.cluster_name +
                                            "' of " + std::to_string(hosts_.size()) + " hosts");
        return done({});
    }
    if (pools_.empty())
        shut({errc::no_host_available, "no host may be used: the load balancing policy ignores all that there are"});
    else if (connecting_->failures.size() >= pools_.count())
        shut(unreachable(connecting_->failures));
}

}
