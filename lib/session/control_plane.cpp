#include "lib/session/control_plane.hpp"

#include "lib/base/run_on.hpp"
#include "lib/base/thrown.hpp"
#include "lib/session/session_loop.hpp"
#include "lib/session/time_limit.hpp"

namespace coodie::detail {

ControlPlane::ControlPlane(std::shared_ptr<const Settings> settings,
                           const std::vector<std::shared_ptr<SessionLoop>>& loops, std::shared_ptr<Commons> commons)
    : settings_{std::move(settings)}, first_{loops.front()->loop()}, loops_{loops.begin(), loops.end()},
      commons_{std::move(commons)}
{
}

void ControlPlane::start()
{
    if (closed_)
        return;
    control_.emplace(*first_.state(), settings_->cluster, *this);
    control_->start([self = shared_from_this()](const Error& error) { self->started(error); });
}

void ControlPlane::started(const Error& error)
{
    const auto told = error ? error : check_policies();
    tell_all([told](SessionLoop& loop) { loop.know_cluster(told); });
}

/// A policy may find now that it does not fit this cluster.
Error ControlPlane::check_policies() const
{
    const auto snapshot = control_->snapshot();
    try {
        for (const auto& policy : settings_->balancing)
            if (auto error = policy->check({snapshot->hosts, snapshot->contact_datacenter}))
                return error;
    } catch (...) {
        return thrown_by("the load balancing policy");
    }
    return {};
}

std::vector<Failure> ControlPlane::failures() const
{
    return control_ ? control_->failures() : std::vector<Failure>{};
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

void ControlPlane::tablet_learned(const std::string& keyspace, const std::string& table,
                                  const std::shared_ptr<const metadata::LearnedTablet>& tablet)
{
    tell_all([=](SessionLoop& loop) { loop.take_tablet(keyspace, table, tablet); });
}

void ControlPlane::published(const std::shared_ptr<const ClusterSnapshot>& snapshot) noexcept
{
    commons_->snapshot.set(snapshot);
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

bool ControlPlane::host_is_used(HostIndex host) noexcept
{
    const auto first = loops_.front().lock();
    return first && first->may_use(host);
}

void ControlPlane::ask_schema_version(const Uuid& host_id, std::function<void(const std::optional<Uuid>&)> told)
{
    const auto first = loops_.front().lock();
    first ? first->ask_schema_version(host_id, std::move(told)) : told({});
}

/// All loops try the same hosts.
bool ControlPlane::is_tried(HostIndex host) const
{
    const auto first = loops_.front().lock();
    return first && first->has_pool(host);
}

void ControlPlane::refresh_schema(metadata::SchemaDue due, Done done)
{
    if (closed_)
        return done({errc::closed, "the session was closed"});
    const auto& options = settings_->options;
    if (!options.metadata || !options.schema_metadata)
        return done({errc::configuration, std::string{"the session reads no schema; its option "} +
                                              (options.metadata ? "schema_metadata" : "metadata") + " is false"});
    const auto timeout = settings_->options.request_timeout;
    const Error late{errc::request_timeout,
                     "the schema could not be read within " + std::to_string(timeout.count()) + " ms"};
    control_->refresh_schema(std::move(due), TimeLimit::set(*first_.state(), timeout, late, std::move(done)));
}

void ControlPlane::check_schema_agreement(Agreed done)
{
    if (closed_)
        return done(false);
    control_->await_schema_agreement({.most = {}}, std::move(done));
}

void ControlPlane::settle(const SchemaChange& change, const std::optional<Uuid>& coordinator, Agreed done)
{
    run_on_first([=, this](ControlConnection& control) {
        control.await_schema_agreement(
            {settings_->options.max_schema_agreement_wait, coordinator},
            [self = shared_from_this(), change, done](bool agreed) { self->read_change(change, agreed, done); });
    });
}

/// Where nodes do not agree, what is read now may be what was before: nobody waits for it.
void ControlPlane::read_change(const SchemaChange& change, bool agreed, const Agreed& done)
{
    if (closed_)
        return;
    metadata::SchemaDue due;
    due.add(change);
    if (agreed)
        return control_->refresh_schema(std::move(due), [done](const Error& error) { done(!error); });
    settings_->cluster->log->write(LogLevel::warning, "not all nodes have the same schema after " + change.change +
                                                          ' ' + change.target + ' ' + change.keyspace +
                                                          (change.name.empty() ? "" : '.' + change.name));
    control_->refresh_schema(std::move(due), [](const Error&) {});
    done(false);
}

}
