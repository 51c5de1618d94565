#include "lib/session/control_plane.hpp"

#include "lib/base/run_on.hpp"
#include "lib/session/session_loop.hpp"

namespace coodie::detail {

ControlPlane::ControlPlane(std::shared_ptr<const Settings> settings,
                           const std::vector<std::shared_ptr<SessionLoop>>& loops)
    : settings_{std::move(settings)}, first_{loops.front()->loop()}, loops_{loops.begin(), loops.end()}
{
}

void ControlPlane::start()
{
    if (closed_)
        return;
    control_.emplace(*first_.state(), settings_->cluster, *this);
    control_->start([self = shared_from_this()](const Error& error) { self->started(error); });
}

/// A policy may find now that it does not fit this cluster.
void ControlPlane::started(const Error& error)
{
    auto told = error;
    if (const auto snapshot = error ? nullptr : control_->snapshot())
        for (const auto& policy : settings_->balancing)
            if (!told)
                told = policy->check({snapshot->hosts, snapshot->contact_datacenter});
    tell_all([told](SessionLoop& loop) { loop.know_cluster(told); });
}

void ControlPlane::close(const Error& error) noexcept
{
    if (!std::exchange(closed_, true) && control_)
        control_->close(error);
}

/// On each loop, in the order of the calls.
template <class F> void ControlPlane::tell_all(F f)
{
    for (const auto& known : loops_)
        if (const auto loop = known.lock())
            run_on(loop->state(), [loop, f] { f(*loop); });
}

template <class F> void ControlPlane::run_on_first(F f)
{
    run_on(*first_.state(), [self = shared_from_this(), f] {
        if (!self->closed_)
            f(*self->control_);
    });
}

void ControlPlane::host_reached(HostIndex host, std::size_t loop)
{
    run_on_first([=](ControlConnection& control) { control.report_up(host, loop); });
}

void ControlPlane::host_lost(HostIndex host, std::size_t loop)
{
    run_on_first([=](ControlConnection& control) { control.report_down(host, loop); });
}

void ControlPlane::published(const std::shared_ptr<const ClusterSnapshot>& snapshot) noexcept
{
    tell_all([snapshot](SessionLoop& loop) { loop.see(snapshot); });
}

void ControlPlane::host_added(const HostState& host) noexcept
{
    tell_all([host](SessionLoop& loop) { loop.add_host(host); });
}

void ControlPlane::host_removed(HostIndex host) noexcept
{
    tell_all([host](SessionLoop& loop) { loop.remove_host(host); });
}

void ControlPlane::host_moved(const HostState& host) noexcept
{
    tell_all([host](SessionLoop& loop) { loop.move_host(host); });
}

bool ControlPlane::host_may_be_up(HostIndex host) noexcept
{
    if (!is_tried(host))
        return false;
    tell_all([host](SessionLoop& loop) { loop.try_host_now(host); });
    return true;
}

bool ControlPlane::host_may_be_down(HostIndex host) noexcept
{
    if (!is_tried(host))
        return false;
    tell_all([host](SessionLoop& loop) { loop.probe_host(host); });
    return true;
}

/// All loops try the same hosts.
bool ControlPlane::is_tried(HostIndex host) const
{
    const auto first = loops_.front().lock();
    return first && first->has_pool(host);
}

}
