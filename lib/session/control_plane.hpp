#pragma once

#include "lib/cluster/control_connection.hpp"
#include "lib/metadata/tablet_map.hpp"
#include "lib/session/commons.hpp"
#include "lib/session/settings.hpp"
#include <coodie/loop.hpp>
#include <optional>

namespace coodie::detail {

class SessionLoop;

/// The control connection of a session and the way between it and the loops: what it learns goes to all of them, what
/// their pools see comes back. It lives on the first loop.
/// Lifetime: the loops share it.
class ControlPlane final : public ControlListener, public std::enable_shared_from_this<ControlPlane>
{
public:
    using Done = ControlConnection::Done;
    using Agreed = std::function<void(bool agreed)>;

    ControlPlane(std::shared_ptr<const Settings> settings, const std::vector<std::shared_ptr<SessionLoop>>& loops,
                 std::shared_ptr<Commons> commons);

    // Inside turns of the first loop
    /// Once; every loop hears how it went.
    void start();
    void close(const Error& error) noexcept;
    /// Errors: errc::request_timeout, errc::closed, errc::configuration where the session reads none, and those of the
    /// questions.
    void refresh_schema(metadata::SchemaDue due, Done done);
    void check_schema_agreement(Agreed done);
    /// Why nothing is known of the cluster yet.
    std::vector<Failure> failures() const;

    // Any thread
    void host_reached(HostIndex host, std::size_t loop);
    void host_lost(HostIndex host, std::size_t loop);
    /// After a change of the schema by `coordinator`: `done` is told once all nodes have the new one and it was read
    /// where it changed, or that they do not. On the first loop; never when the session was closed.
    void settle(const SchemaChange& change, const std::optional<Uuid>& coordinator, Agreed done);
    void tablet_learned(const std::string& keyspace, const std::string& table,
                        const std::shared_ptr<const metadata::LearnedTablet>& tablet);

    // ControlListener
    void published(const std::shared_ptr<const ClusterSnapshot>& snapshot) noexcept override;
    void host_added(const HostState& host) noexcept override;
    void host_removed(HostIndex host) noexcept override;
    void host_moved(const HostState& host) noexcept override;
    bool host_may_be_up(HostIndex host) noexcept override;
    bool host_may_be_down(HostIndex host) noexcept override;
    bool host_is_used(HostIndex host) noexcept override;
    void ask_schema_version(const Uuid& host_id, std::function<void(const std::optional<Uuid>&)> told) override;

private:
    template <class F> void tell_all(F f);
    template <class F> void run_on_first(F f);
    void started(const Error& error);
    Error check_policies() const;
    void read_change(const SchemaChange& change, bool agreed, const Agreed& done);
    bool is_tried(HostIndex host) const;

    const std::shared_ptr<const Settings> settings_;
    const Loop first_;
    const std::vector<std::weak_ptr<SessionLoop>> loops_;
    const std::shared_ptr<Commons> commons_;
    std::optional<ControlConnection> control_;
    bool closed_ = false;
};

}
