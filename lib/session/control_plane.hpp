#pragma once

#include "lib/cluster/control_connection.hpp"
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
    ControlPlane(std::shared_ptr<const Settings> settings, const std::vector<std::shared_ptr<SessionLoop>>& loops);

    // Inside turns of the first loop
    /// Once; every loop hears how it went.
    void start();
    void close(const Error& error) noexcept;

    // Any thread
    void host_reached(HostIndex host, std::size_t loop);
    void host_lost(HostIndex host, std::size_t loop);

    // ControlListener
    void published(const std::shared_ptr<const ClusterSnapshot>& snapshot) noexcept override;
    void host_added(const HostState& host) noexcept override;
    void host_removed(HostIndex host) noexcept override;
    void host_moved(const HostState& host) noexcept override;
    bool host_may_be_up(HostIndex host) noexcept override;
    bool host_may_be_down(HostIndex host) noexcept override;

private:
    template <class F> void tell_all(F f);
    template <class F> void run_on_first(F f);
    void started(const Error& error);
    bool is_tried(HostIndex host) const;

    const std::shared_ptr<const Settings> settings_;
    const Loop first_;
    const std::vector<std::weak_ptr<SessionLoop>> loops_;
    std::optional<ControlConnection> control_;
    bool closed_ = false;
};

}
