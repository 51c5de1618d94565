#pragma once

#include "lib/cluster/host_state.hpp"
#include "lib/cluster/snapshot.hpp"
#include <functional>

namespace coodie::detail {

/// What the control connection tells the session, on its loop and inside a turn. It may be closed from inside any of
/// these. A snapshot comes before the changes of hosts that it shows.
class ControlListener
{
public:
    virtual void published(const std::shared_ptr<const ClusterSnapshot>& snapshot) noexcept = 0;
    virtual void host_added(const HostState& host) noexcept = 0;
    virtual void host_removed(HostIndex host) noexcept = 0;
    /// The node is somewhere else now, or something else: connections to where it was are of no use.
    virtual void host_moved(const HostState& host) noexcept = 0;
    /// A server says that the host is back, which may be too soon: those who try to connect now and then try at once.
    /// False: nobody tries, so that the server's word must do.
    virtual bool host_may_be_up(HostIndex host) noexcept = 0;
    /// A server says that the host is gone: connections that work are left alone, but asked. False: nobody has one,
    /// and nobody tries.
    virtual bool host_may_be_down(HostIndex host) noexcept = 0;
    /// Whether it gets connections, by the snapshot that was published last.
    virtual bool host_is_used(HostIndex host) noexcept = 0;
    /// Asks a node for the version of its schema. `told` gets none where it does not answer.
    virtual void ask_schema_version(const Uuid& /*host_id*/, std::function<void(const std::optional<Uuid>&)> told)
    {
        told({});
    }

protected:
    ~ControlListener() = default;
};

}
