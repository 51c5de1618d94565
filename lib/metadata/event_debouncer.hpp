#pragma once

#include <chrono>
#include <coodie/inet.hpp>
#include <lib/metadata/schema_due.hpp>
#include <protocol/event.hpp>

namespace coodie::metadata {

/// What events call a node. Nodes may share an address and differ in their port.
struct EventAddress
{
    Inet address;
    std::int32_t port = 0;

    friend auto operator<=>(const EventAddress&, const EventAddress&) = default;
};

/// What events ask for.
struct Refresh
{
    bool topology = false;
    SchemaDue schema = {};
    /// The last word of each node: true is UP. Only a reason to look: an UP node may not listen yet, a DOWN one may
    /// answer well.
    std::map<EventAddress, bool> statuses = {};

    bool empty() const noexcept { return !topology && schema.empty() && statuses.empty(); }
    void merge(Refresh later);
    friend bool operator==(const Refresh&, const Refresh&) = default;
};

/// Makes few refreshes of many events: one is under way, one waits, and everything else is merged into that.
/// What it keeps is bounded, however many events come.
class EventDebouncer
{
public:
    using Time = std::chrono::steady_clock::time_point;

    /// Nodes with a status that waits; more are a reason to read the topology.
    static constexpr std::size_t max_statuses = 1'024;

    /// `window`: how long a refresh waits for more events to go with it. It counts from the first one, so that a flood
    /// puts nothing off.
    explicit EventDebouncer(std::chrono::milliseconds window = std::chrono::milliseconds{200}) noexcept
        : window_{window}
    {
    }

    void received(const protocol::Event& event, Time now);
    void request(Refresh refresh, Time now); ///< what somebody else wants refreshed

    /// When to call `take` again; none while there is nothing to take, or a refresh is under way.
    std::optional<Time> due() const noexcept;
    /// The refresh to begin now, if there is one.
    std::optional<Refresh> take(Time now);
    void succeeded() noexcept { in_flight_.reset(); } ///< the one under way is done
    void failed(Time now);                            ///< it is not: what it was for waits again

private:
    std::chrono::milliseconds window_;
    std::optional<Refresh> in_flight_;
    Refresh pending_;
    Time due_{}; ///< of the pending one
};

}
