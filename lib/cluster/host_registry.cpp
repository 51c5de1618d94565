#include "lib/cluster/host_registry.hpp"

#include <algorithm>

namespace coodie::detail {

namespace {

std::size_t at(HostIndex index) noexcept
{
    return static_cast<std::size_t>(index);
}

bool same(const HostDescription& a, const HostDescription& b)
{
    return a.address == b.address && a.host_id == b.host_id && a.datacenter == b.datacenter && a.rack == b.rack &&
           a.release_version == b.release_version;
}

}

HostChanges HostRegistry::update(const std::vector<FoundHost>& found)
{
    HostChanges changes;
    std::vector<bool> seen(entries_.size());
    for (const auto& host : found) {
        if (auto* entry = entry_of(host)) {
            const auto index = static_cast<std::size_t>(entry - entries_.data());
            if (!seen[index])
                update(*entry, host, changes);
            seen[index] = true;
            continue;
        }
        add(host, changes);
        seen.push_back(true);
    }
    for (std::size_t index = 0; index != entries_.size(); ++index)
        if (!seen[index] && entries_[index].is_there) {
            entries_[index].is_there = false;
            entries_[index].reached_from.clear();
            changes.removed.push_back(std::exchange(hosts_[index], nullptr));
        }
    return changes;
}

/// A host that was known by its address is the one that turns out to be there.
HostRegistry::Entry* HostRegistry::entry_of(const FoundHost& found) noexcept
{
    const auto& [address, host_id, datacenter, rack, version, shards] = found.description;
    const auto has_id = host_id != Uuid{};
    for (auto& entry : entries_)
        if (has_id ? entry.host_id == host_id : entry.is_there && entry.state.host->address() == address)
            return &entry;
    for (auto& entry : entries_)
        if (has_id && entry.host_id == Uuid{} && entry.is_there && entry.state.target.endpoint == found.target.endpoint)
            return &entry;
    return nullptr;
}

HostRegistry::Entry& HostRegistry::add(const FoundHost& found, HostChanges& changes)
{
    const auto index = static_cast<HostIndex>(entries_.size());
    auto& entry = entries_.emplace_back(Entry{found.description.host_id,
                                              {HostAccess::make(index, found.description), found.target},
                                              found.event_address,
                                              found.event_port});
    entry.is_there = true;
    hosts_.push_back(entry.state.host);
    changes.added.push_back(entry.state);
    return entry;
}

void HostRegistry::update(Entry& entry, const FoundHost& found, HostChanges& changes)
{
    const auto& host = *entry.state.host;
    const auto returns = !entry.is_there;
    auto description = found.description;
    description.shards = host.shards();
    auto target = found.target;
    // The node that was asked may have been reached by another of its addresses: what works stays.
    if (found.is_contact && !returns && host.is_up() && !entry.reached_from.empty()) {
        description.address = host.address();
        target = entry.state.target;
    }
    const auto moves = target.endpoint != entry.state.target.endpoint;
    const auto says_else = !same(description, host.description());
    entry.host_id = description.host_id;
    entry.event_address = found.event_address;
    entry.event_port = found.event_port;
    entry.is_there = true;
    if (returns || moves || says_else)
        entry.state = {HostAccess::make(host.index(), std::move(description), returns || host.is_up()), target};
    hosts_[at(entry.state.index())] = entry.state.host;
    if (returns)
        changes.added.push_back(entry.state);
    else if (moves)
        changes.moved.push_back(entry.state);
    else
        changes.redescribed = changes.redescribed || says_else;
}

const HostState* HostRegistry::find(HostIndex index) const noexcept
{
    return at(index) < entries_.size() && entries_[at(index)].is_there ? &entries_[at(index)].state : nullptr;
}

HostRegistry::Entry* HostRegistry::there(HostIndex index) noexcept
{
    return find(index) ? &entries_[at(index)] : nullptr;
}

std::optional<HostIndex> HostRegistry::with_id(const Uuid& host_id) const noexcept
{
    for (const auto& entry : entries_)
        if (entry.is_there && entry.host_id == host_id)
            return entry.state.index();
    return std::nullopt;
}

std::optional<HostIndex> HostRegistry::called(const Inet& address, std::int32_t port) const noexcept
{
    std::optional<HostIndex> on_another_port;
    std::size_t others = 0;
    for (const auto& entry : entries_) {
        if (!entry.is_there || entry.event_address != address)
            continue;
        if (entry.event_port == port)
            return entry.state.index();
        on_another_port = entry.state.index();
        ++others;
    }
    return others == 1 ? on_another_port : std::nullopt;
}

bool HostRegistry::reached_by(std::size_t loop, HostIndex host)
{
    auto* entry = there(host);
    if (!entry)
        return false;
    entry->reached_from.insert(loop);
    return set_up(*entry, true);
}

bool HostRegistry::lost_by(std::size_t loop, HostIndex host)
{
    auto* entry = there(host);
    if (!entry)
        return false;
    entry->reached_from.erase(loop);
    return entry->reached_from.empty() && set_up(*entry, false);
}

bool HostRegistry::believe(HostIndex host, bool is_up)
{
    auto* entry = there(host);
    return entry && entry->reached_from.empty() && set_up(*entry, is_up);
}

bool HostRegistry::set_up(Entry& entry, bool is_up) noexcept
{
    if (entry.state.host->is_up() == is_up)
        return false;
    HostAccess::set_up(*entry.state.host, is_up);
    return true;
}

}
