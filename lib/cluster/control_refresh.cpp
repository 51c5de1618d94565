#include "lib/cluster/control_state.hpp"

#include <algorithm>

// Of the control connection: what is read, and when.

namespace coodie::detail {

namespace {

constexpr std::chrono::milliseconds first_retry{1'000};
constexpr int max_doublings = 6;

}

void ControlState::heard(const protocol::Event& event)
{
    const auto self = shared_from_this();
    debouncer_.received(event, loop_.now());
    arm_refresh();
}

/// What somebody waits for need not wait for more to come.
void ControlState::refresh_schema(metadata::SchemaDue due, Done done)
{
    if (!listener_ || !options_->metadata || !options_->schema)
        return done({});
    metadata::Refresh refresh;
    refresh.schema = std::move(due);
    schema_waiters_.push_back(std::move(done));
    debouncer_.request(std::move(refresh), loop_.now() - std::chrono::seconds{1});
    arm_refresh();
}

void ControlState::arm_refresh()
{
    const auto due = debouncer_.due();
    if (!listener_ || !is_settled_ || !line_ || !due)
        return;
    const auto backoff = failed_refreshes_ == 0 ? std::chrono::milliseconds{0}
                                                : first_retry * (1 << std::min(failed_refreshes_ - 1, max_doublings));
    disarm(refresh_alarm_);
    loop_.link(refresh_alarm_, *due + backoff);
}

void ControlState::refresh_now()
{
    auto due = debouncer_.take(loop_.now());
    if (!due || !line_)
        return;
    refresh_ = std::move(*due);
    std::ranges::move(schema_waiters_, std::back_inserter(schema_waiting_));
    schema_waiters_.clear();
    if (refresh_.topology)
        return read_cluster();
    read_schema_due(std::exchange(refresh_.schema, {}));
}

void ControlState::refresh_ended(const Error& error)
{
    if (!is_settled_) {
        if (!debouncer_.due())
            tell_schema_waiters(schema_waiters_, error);
        return settled();
    }
    if (error) {
        ++failed_refreshes_;
        debouncer_.failed(loop_.now());
    } else {
        failed_refreshes_ = 0;
        debouncer_.succeeded();
    }
    tell_schema_waiters(schema_waiting_, error);
    if (!error && listener_)
        apply_statuses();
    arm_refresh();
}

void ControlState::tell_schema_waiters(std::vector<Done>& waiters, const Error& error)
{
    for (const auto& done : std::exchange(waiters, {}))
        done(error);
}

void ControlState::read_cluster()
{
    read_hosts(line_, [self = shared_from_this()](HostsRead read) { self->on_hosts(std::move(read)); });
}

void ControlState::on_hosts(HostsRead read)
{
    if (read.error)
        return drop_line(read.error);
    for (const auto& warning : read.cluster.warnings)
        log(LogLevel::warning, warning);
    find_targets(loop_, *options_, read.cluster, line_->target(),
                 [self = shared_from_this(), line = line_, cluster = read.cluster](std::vector<FoundHost> found) {
                     if (self->line_ == line && self->listener_)
                         self->on_targets(cluster, std::move(found));
                 });
}

/// A node that says nothing of itself is still a host; when nobody says anything, the contact points are the hosts.
void ControlState::on_targets(const metadata::ClusterDescription& cluster, std::vector<FoundHost> found)
{
    auto targets = std::vector{line_->target()};
    if (const auto dialler = std::exchange(dialler_, nullptr)) {
        std::ranges::move(dialler->contact_points().targets(), std::back_inserter(targets));
        dialler->close({errc::cancelled, "another node was reached first"});
        log(LogLevel::info,
            "the control connection is on " + line_->target().label + " of cluster '" + cluster.cluster_name + "'");
    }
    if (!cluster.has_local) {
        if (found.empty() && snapshot_)
            return refresh_ended({errc::invalid_request, "the tables of hosts cannot be read"});
        targets.resize(found.empty() ? targets.size() : 1);
        std::ranges::move(hosts_at(targets), std::back_inserter(found));
    }
    const auto line = line_;
    accept_hosts(cluster, found);
    if (listener_ && line_ == line)
        read_schema_due(is_settled_ ? std::exchange(refresh_.schema, {}) : metadata::SchemaDue::everything());
}

void ControlState::read_schema_due(metadata::SchemaDue due)
{
    if (due.empty() || !options_->schema)
        return refresh_ended({});
    const auto sources = metadata::SchemaSources::of(release_version_, is_scylla_);
    read_schema(line_, metadata::SchemaRefresh{snapshot_->schema, std::move(due), sources}, options_->page_size,
                [self = shared_from_this()](const Error& error, metadata::SchemaRefresh::Outcome outcome) {
                    self->on_schema(error, std::move(outcome));
                });
}

/// A schema that cannot be read costs the way to replicas, no more.
void ControlState::on_schema(const Error& error, metadata::SchemaRefresh::Outcome outcome)
{
    for (const auto& warning : outcome.warnings)
        log(LogLevel::warning, warning);
    if (error) {
        log(LogLevel::warning, "the schema cannot be read, what was known of it stays: " + error.message());
        if (!is_settled_)
            debouncer_.request({.schema = metadata::SchemaDue::everything()}, loop_.now() + first_retry);
        return refresh_ended(error);
    }
    const auto line = line_;
    if (outcome.schema != snapshot_->schema) {
        auto next = *snapshot_;
        next.schema = std::move(outcome.schema);
        place_keyspaces(next);
        publish(std::move(next));
    }
    if (listener_ && line_ == line)
        refresh_ended({});
}

/// An event is never more than a hint.
void ControlState::apply_statuses()
{
    for (const auto& [node, is_up] : std::exchange(refresh_.statuses, {})) {
        const auto host = registry_.called(node.address, node.port);
        if (!host) {
            if (is_up)
                debouncer_.request({.topology = true}, loop_.now());
            continue;
        }
        const auto somebody_looks = is_up ? listener_->host_may_be_up(*host) : listener_->host_may_be_down(*host);
        if (!listener_)
            return;
        if (!somebody_looks && registry_.believe(*host, is_up))
            changed(*host, is_up);
    }
}

void ControlState::await_schema_agreement(const AgreementBounds& bounds, std::function<void(bool)> done)
{
    if (!listener_ || !options_->metadata)
        return done(false);
    agreement_->add(bounds, std::move(done));
}

}
