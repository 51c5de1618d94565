#pragma once

#include "lib/cluster/agreement_wait.hpp"
#include "lib/cluster/control_listener.hpp"
#include "lib/cluster/unreachable.hpp"
#include "lib/metadata/schema_due.hpp"

namespace coodie::detail {

class ControlState;

/// Knows the cluster: finds a node that works, asks it for all others and for the schema, hears of changes, and goes
/// to another node when it is lost. Everything happens inside turns of its loop.
/// Lifetime: closed by whoever made it before the listener goes.
class ControlConnection
{
public:
    using Done = std::function<void(const Error&)>;

    ControlConnection(LoopState& loop, std::shared_ptr<const ClusterOptions> options, ControlListener& listener);
    ~ControlConnection(); ///< closes
    ControlConnection(const ControlConnection&) = delete;
    ControlConnection& operator=(const ControlConnection&) = delete;

    /// Once. Done when the first snapshot is published, or when no contact point can be used: nothing is tried again
    /// then. Errors: errc::no_host_available with an attempt an address, or what stands in the way of all.
    void start(Done done);
    /// Calls nobody afterwards, but an unfinished `start` and waits for agreement end with this error first.
    void close(const Error& error) noexcept;

    /// Reads these parts of the schema again; `done` is told when they are in a snapshot, or cannot be.
    void refresh_schema(metadata::SchemaDue due, Done done);
    /// Whether all nodes that are up have the same schema. Without metadata nobody knows: false.
    void await_schema_agreement(const AgreementBounds& bounds, std::function<void(bool agreed)> done);

    /// What the pools of a loop see: the first connection to a host is open, or none is left and none can be opened.
    /// A host is up as long as one loop reaches it.
    void report_up(HostIndex host, std::size_t loop);
    void report_down(HostIndex host, std::size_t loop);

    /// Null before the first one.
    std::shared_ptr<const ClusterSnapshot> snapshot() const;
    /// Why `start` is not done: one for each address that was tried or is waited for.
    std::vector<Failure> failures() const;

private:
    std::shared_ptr<ControlState> state_;
};

}
