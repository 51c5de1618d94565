#include "lib/session/shared_statements.hpp"

#include <algorithm>

namespace coodie::detail {

SharedStatements::Found SharedStatements::find_or_begin(const Key& key, Told told)
{
    const std::lock_guard lock{mutex_};
    const auto found = places_.find(key);
    if (found == places_.end()) {
        entries_.push_front({key});
        places_.emplace(key, entries_.begin());
        return {};
    }
    auto& entry = *found->second;
    if (!entry.prepared) {
        entry.waiting.push_back(std::move(told));
        return {{}, true};
    }
    entries_.splice(entries_.begin(), entries_, found->second);
    return {entry.prepared};
}

void SharedStatements::end(const Key& key, std::shared_ptr<const Prepared> prepared)
{
    std::vector<Told> waiting;
    {
        const std::lock_guard lock{mutex_};
        const auto found = places_.find(key);
        if (found == places_.end())
            return;
        waiting = std::move(found->second->waiting);
        found->second->prepared = std::move(prepared);
        if (!found->second->prepared)
            erase(found->second);
        shrink();
    }
    for (const auto& told : waiting)
        told();
}

std::shared_ptr<const Prepared> SharedStatements::replace(const Key& key, std::shared_ptr<const Prepared> prepared)
{
    const std::lock_guard lock{mutex_};
    auto* known = this->prepared(key);
    return known ? std::exchange(known->prepared, std::move(prepared)) : nullptr;
}

void SharedStatements::forget(const Key& key)
{
    const std::lock_guard lock{mutex_};
    if (prepared(key))
        erase(places_.at(key));
}

std::vector<std::shared_ptr<const Prepared>> SharedStatements::all(std::string_view keyspace) const
{
    const std::lock_guard lock{mutex_};
    std::vector<std::shared_ptr<const Prepared>> found;
    for (const auto& entry : entries_)
        if (entry.prepared && entry.key.keyspace == keyspace)
            found.push_back(entry.prepared);
    return found;
}

/// Null: it is not known, or pending.
SharedStatements::Entry* SharedStatements::prepared(const Key& key)
{
    const auto found = places_.find(key);
    return found == places_.end() || !found->second->prepared ? nullptr : &*found->second;
}

void SharedStatements::erase(Entries::iterator entry)
{
    places_.erase(entry->key);
    entries_.erase(entry);
}

void SharedStatements::shrink()
{
    while (entries_.size() > capacity_) {
        const auto is_unused = [](const Entry& entry) { return entry.prepared && entry.prepared.use_count() == 1; };
        const auto is_prepared = [](const Entry& entry) { return entry.prepared != nullptr; };
        auto oldest = std::find_if(entries_.rbegin(), entries_.rend(), is_unused);
        if (oldest == entries_.rend())
            oldest = std::find_if(entries_.rbegin(), entries_.rend(), is_prepared);
        if (oldest == entries_.rend())
            return;
        erase(std::prev(oldest.base()));
    }
}

}
