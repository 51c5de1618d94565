#pragma once

#include "lib/cluster/host_state.hpp"
#include <coodie/inet.hpp>
#include <set>

namespace coodie::detail {

/// A node as the last reading described it.
struct FoundHost
{
    HostDescription description; ///< without a host id: known by its address alone
    Target target;
    Inet event_address; ///< what events call it, and on which port
    std::uint16_t event_port = 0;
    bool is_contact = false; ///< the node that was asked: reached where it was reached, whatever others say
};

struct HostChanges
{
    std::vector<std::shared_ptr<const coodie::Host>> removed = {};
    std::vector<HostState> added = {};
    std::vector<HostState> moved = {};
    bool redescribed = false; ///< a host that stays where it is says something else of itself

    bool empty() const noexcept { return removed.empty() && added.empty() && moved.empty() && !redescribed; }
};

/// The hosts of a session. A node keeps its index for as long as the session lives, wherever it goes and even when it
/// was away.
class HostRegistry
{
public:
    /// All that are there now. No host twice: of two with one id, or with none and one address, the first counts.
    HostChanges update(const std::vector<FoundHost>& found);

    const std::vector<std::shared_ptr<const coodie::Host>>& hosts() const noexcept { return hosts_; } ///< null: removed
    const HostState* find(HostIndex index) const noexcept; ///< null: not there
    std::optional<HostIndex> with_id(const Uuid& host_id) const noexcept;
    /// The host that events call so. Ports differ among the nodes of one address only.
    std::optional<HostIndex> called(const Inet& address, std::int32_t port) const noexcept;

    // Who reaches a host. Each gives whether the host changed between up and down.
    bool reached_by(std::size_t loop, HostIndex host);
    bool lost_by(std::size_t loop, HostIndex host);
    /// For hosts that no loop tries to reach.
    bool believe(HostIndex host, bool is_up);

private:
    struct Entry
    {
        Uuid host_id;
        HostState state; ///< of the last time when it is not there
        Inet event_address;
        std::uint16_t event_port = 0;
        std::set<std::size_t> reached_from = {}; ///< loops
        bool is_there = false;
    };

    Entry* entry_of(const FoundHost& found) noexcept;
    Entry& add(const FoundHost& found, HostChanges& changes);
    void update(Entry& entry, const FoundHost& found, HostChanges& changes);
    Entry* there(HostIndex index) noexcept;
    static bool set_up(Entry& entry, bool is_up) noexcept;

    std::vector<Entry> entries_; ///< by HostIndex
    std::vector<std::shared_ptr<const coodie::Host>> hosts_;
};

}
