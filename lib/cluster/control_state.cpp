#include "lib/cluster/control_state.hpp"

#include <algorithm>

// Of the control connection: from one node to the next.

namespace coodie::detail {

namespace {

std::shared_ptr<const ConnectionOptions> options_of(const ClusterOptions& options)
{
    auto connection = options.connection;
    connection.handshake.keyspace.clear();
    connection.handshake.cluster_name = options.cluster_name;
    connection.limits.max_streams = 1'024; // whatever data connections may have
    return std::make_shared<const ConnectionOptions>(std::move(connection));
}

const ReconnectionPolicy& policy_of(const ClusterOptions& options)
{
    static const ExponentialReconnection usual;
    return options.reconnection ? *options.reconnection : usual;
}

}

ControlState::ControlState(LoopState& loop, std::shared_ptr<const ClusterOptions> options, ControlListener& listener)
    : keep_loop_{loop.shared_from_this()}, loop_{loop}, options_{std::move(options)},
      connection_options_{options_of(*options_)}, listener_{&listener},
      news_{std::make_shared<HostNews>(loop, options_->host_listener,
                                       [this](HostIndex host) { return listener_ && listener_->host_is_used(host); })},
      agreement_{std::make_shared<AgreementWait>(
          loop, *options_, [this] { return line_; },
          [this](const Uuid& id) {
              const auto host = registry_.with_id(id);
              return host && !registry_.find(*host)->host->is_up();
          },
          [this](const Uuid& id, std::function<void(const std::optional<Uuid>&)> told) {
              listener_ ? listener_->ask_schema_version(id, std::move(told)) : told({});
          })}
{
    reconnect_alarm_.control = refresh_alarm_.control = this;
    reconnect_alarm_.expire = [](Deadline& alarm) noexcept {
        const auto self = static_cast<Alarm&>(alarm).control->shared_from_this();
        self->find_node();
    };
    refresh_alarm_.expire = [](Deadline& alarm) noexcept {
        const auto self = static_cast<Alarm&>(alarm).control->shared_from_this();
        self->refresh_now();
    };
}

ControlState::~ControlState()
{
    disarm(reconnect_alarm_);
    disarm(refresh_alarm_);
}

void ControlState::start(Done done)
{
    const auto self = shared_from_this();
    start_done_ = std::move(done);
    find_node();
}

void ControlState::close(const Error& error) noexcept
{
    if (!std::exchange(listener_, nullptr))
        return;
    const auto self = shared_from_this();
    disarm(reconnect_alarm_);
    disarm(refresh_alarm_);
    news_->close();
    contact_points_.reset();
    if (const auto dialler = std::exchange(dialler_, nullptr))
        dialler->close(error);
    if (const auto line = std::exchange(line_, nullptr))
        line->close(error);
    agreement_->close();
    tell_schema_waiters(schema_waiting_, error);
    tell_schema_waiters(schema_waiters_, error);
    started(error);
}

void ControlState::started(const Error& error)
{
    if (const auto done = std::exchange(start_done_, nullptr))
        done(error);
}

void ControlState::disarm(Alarm& alarm) noexcept
{
    if (alarm.is_linked())
        loop_.unlink(alarm);
}

void ControlState::find_node()
{
    if (!listener_)
        return;
    if (!options_->metadata)
        return find_contact_points();
    dialler_ = std::make_shared<Dialler>(loop_, options_, connection_options_, known_targets(), *this);
    dialler_->start();
}

/// Those that are up come first, in random order.
std::vector<Target> ControlState::known_targets() const
{
    std::vector<const HostState*> states;
    for (const auto& host : registry_.hosts())
        if (host)
            states.push_back(registry_.find(host->index()));
    std::ranges::shuffle(states, std::minstd_rand{std::random_device{}()});
    std::ranges::partition(states, [](const HostState* state) { return state->host->is_up(); });
    std::vector<Target> targets;
    for (const auto* state : states)
        targets.push_back(state->target);
    return targets;
}

void ControlState::reached(const std::shared_ptr<Connection>& connection, const Target& target)
{
    const auto self = shared_from_this();
    line_ = ControlLine::over(loop_, options_, connection, target, *this);
    debouncer_ = metadata::EventDebouncer{}; // all is read on this line, after what was heard on others
    is_settled_ = false;
    line_->register_for_events([self](const Error& error, const std::vector<Rows>&) {
        if (error)
            self->log(LogLevel::warning, "the control connection hears no events: " + error.message());
    });
    read_cluster();
}

/// What is known of a start that has not ended: whom it tried, and whom it still waits for.
std::vector<Failure> ControlState::failures() const
{
    auto failures = dialler_          ? dialler_->failures()
                    : contact_points_ ? contact_points_->failures()
                                      : std::vector<Failure>{};
    if (line_)
        failures.push_back({line_->target().label,
                            {errc::request_timeout, line_->target().label + ": it has not told all of its cluster"}});
    return failures;
}

void ControlState::exhausted(std::vector<Failure> failures)
{
    const auto self = shared_from_this();
    dialler_.reset();
    if (failures.empty())
        failures.push_back({"", {errc::configuration, "session options: hosts is empty; name at least one server"}});
    const auto error = unreachable(failures);
    if (start_done_)
        return started(error);
    try_later(error);
}

void ControlState::line_lost(const Error& error)
{
    const auto self = shared_from_this();
    drop_line(error);
}

/// Without a line there is nothing under way; what was has to be read again on the next one.
void ControlState::drop_line(const Error& error)
{
    const auto line = std::exchange(line_, nullptr);
    line->close(error);
    disarm(refresh_alarm_);
    tell_schema_waiters(schema_waiting_, error);
    agreement_->interrupted();
    if (!listener_)
        return;
    if (dialler_)
        return dialler_->refuse(line->target(), error);
    log(LogLevel::warning, "the control connection is lost: " + error.message());
    try_later(error);
}

void ControlState::try_later(const Error& error)
{
    if (!schedule_)
        schedule_.emplace(loop_, policy_of(*options_));
    const auto delay = schedule_->next();
    if (delay.count() != 0)
        log(LogLevel::warning, "no node for the control connection, the next attempt is in " +
                                   std::to_string(delay.count()) + " ms: " + error.message());
    disarm(reconnect_alarm_);
    loop_.link(reconnect_alarm_, loop_.after(delay));
}

/// All was read on this line: from now on events say what is read again.
void ControlState::settled()
{
    is_settled_ = true;
    schedule_.reset();
    failed_refreshes_ = 0;
    started({});
    arm_refresh();
}

// ---- without metadata

void ControlState::find_contact_points()
{
    contact_points_ = std::make_unique<ContactPoints>(loop_, *options_);
    contact_points_->resolve([this] {
        const auto self = shared_from_this();
        if (contact_points_->all_known())
            on_contact_points();
    });
    if (contact_points_->all_known())
        on_contact_points();
}

void ControlState::on_contact_points()
{
    const auto points = std::move(contact_points_);
    const auto targets = points->targets();
    if (targets.empty()) {
        const auto error = unreachable(points->failures());
        return start_done_ ? started(error) : try_later(error);
    }
    accept_hosts({}, hosts_at(targets));
    if (listener_)
        started({});
}

void ControlState::report_up(HostIndex host, std::size_t loop)
{
    if (!options_->metadata)
        schedule_.reset();
    if (registry_.reached_by(loop, host))
        changed(host, true);
}

void ControlState::report_down(HostIndex host, std::size_t loop)
{
    const auto self = shared_from_this();
    if (registry_.lost_by(loop, host))
        changed(host, false);
    const auto is_up = [](const auto& known) { return known && known->is_up(); };
    if (listener_ && !options_->metadata && !reconnect_alarm_.is_linked() &&
        std::ranges::none_of(registry_.hosts(), is_up))
        try_later({errc::no_host_available, "no contact point can be reached; their names are resolved again"});
}

}
