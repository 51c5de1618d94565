#pragma once

#include "lib/cluster/control_connection.hpp"
#include "lib/cluster/dialler.hpp"
#include "lib/cluster/host_news.hpp"
#include "lib/cluster/readings.hpp"
#include "lib/metadata/event_debouncer.hpp"
#include "lib/pool/retry_schedule.hpp"
#include <random>

namespace coodie::detail {

/// What a ControlConnection is made of. Lifetime: kept alive by what it waits for, until it is closed.
class ControlState final : public std::enable_shared_from_this<ControlState>, public DialOwner, public LineOwner
{
public:
    using Done = ControlConnection::Done;

    ControlState(LoopState& loop, std::shared_ptr<const ClusterOptions> options, ControlListener& listener);
    ~ControlState();
    ControlState(const ControlState&) = delete;
    ControlState& operator=(const ControlState&) = delete;

    void start(Done done);
    void close(const Error& error) noexcept;
    void refresh_schema(metadata::SchemaDue due, Done done);
    void await_schema_agreement(const AgreementBounds& bounds, std::function<void(bool)> done);
    void report_up(HostIndex host, std::size_t loop);
    void report_down(HostIndex host, std::size_t loop);
    std::vector<Failure> failures() const;

    const std::shared_ptr<const ClusterSnapshot>& snapshot() const noexcept { return snapshot_; }

private:
    struct Alarm : Deadline
    {
        ControlState* control = nullptr;
    };

    // control_state.cpp: from one node to the next
    void find_node();
    void find_contact_points();
    void on_contact_points();
    std::vector<Target> known_targets() const;
    void reached(const std::shared_ptr<Connection>& connection, const Target& target) override;
    void exhausted(std::vector<Failure> failures) override;
    void line_lost(const Error& error) override;
    void drop_line(const Error& error);
    void try_later(const Error& error);
    void started(const Error& error);
    void settled();

    // control_refresh.cpp: what is read, and what it changes
    void heard(const protocol::Event& event) override;
    void arm_refresh();
    void refresh_now();
    void refresh_ended(const Error& error);
    void read_cluster();
    void on_hosts(HostsRead read);
    void on_targets(const metadata::ClusterDescription& cluster, std::vector<FoundHost> found);
    void read_schema_due(metadata::SchemaDue due);
    void on_schema(const Error& error, metadata::SchemaRefresh::Outcome outcome);
    void apply_statuses();
    void tell_schema_waiters(std::vector<Done>& waiters, const Error& error);

    // publishing.cpp: from what was read to snapshots and hosts
    void accept_hosts(const metadata::ClusterDescription& cluster, const std::vector<FoundHost>& found);
    void place_tokens(const metadata::ClusterDescription& cluster, ClusterSnapshot& next) const;
    static void place_keyspaces(ClusterSnapshot& next);
    void publish(ClusterSnapshot next);
    void tell(const HostChanges& changes);
    void learn_name(const std::string& cluster_name);
    void changed(HostIndex host, bool is_up);

    void log(LogLevel level, const std::string& line) const { options_->log->write(level, line); }
    void disarm(Alarm& alarm) noexcept;

    const std::shared_ptr<LoopState> keep_loop_;
    LoopState& loop_;
    const std::shared_ptr<const ClusterOptions> options_;
    std::shared_ptr<const ConnectionOptions> connection_options_; ///< with the cluster's name once it is known
    std::shared_ptr<const ConnectionOptions> nameless_options_;   ///< the connection that told it reads these
    ControlListener* listener_;                                   ///< null: closed
    Done start_done_;
    HostRegistry registry_;
    const std::shared_ptr<HostNews> news_;
    std::shared_ptr<const ClusterSnapshot> snapshot_;
    bool is_scylla_ = false;
    std::string release_version_;

    std::shared_ptr<Dialler> dialler_;              ///< while a node is looked for, until one has told of the cluster
    std::unique_ptr<ContactPoints> contact_points_; ///< without metadata
    std::shared_ptr<ControlLine> line_;
    std::optional<RetrySchedule> schedule_; ///< of this outage
    Alarm reconnect_alarm_;

    metadata::EventDebouncer debouncer_;
    metadata::Refresh refresh_; ///< under way
    bool is_settled_ = false;   ///< all was read on this line
    int failed_refreshes_ = 0;  ///< in a row
    Alarm refresh_alarm_;
    std::vector<Done> schema_waiters_; ///< for the next refresh
    std::vector<Done> schema_waiting_; ///< for this one
    const std::shared_ptr<AgreementWait> agreement_;
};

}
