#include "lib/session/prepared_cache.hpp"

namespace coodie::detail {

PreparedCache::Entry* PreparedCache::find_text(std::string_view text, bool is_constant)
{
    const auto found = entries_.find(text);
    if (found == entries_.end())
        return nullptr;
    auto& entry = *found->second;
    if (is_constant)
        hints_[hint_of(text.data())] = {text.data(), &entry};
    touch(entry);
    return &entry;
}

PreparedCache::Entry& PreparedCache::add(std::string_view text)
{
    auto entry = std::make_unique<Entry>(waiting_count_);
    auto& added = *entry;
    added.text = text;
    added.is_pending = true;
    entries_.emplace(added.text, std::move(entry));
    link(added);
    shrink();
    return added;
}

void PreparedCache::remove(Entry& entry) noexcept
{
    for (auto& hint : hints_)
        if (hint.entry == &entry)
            hint = {};
    unlink(entry);
    entries_.erase(entry.text);
}

void PreparedCache::clear() noexcept
{
    for_each([this](Entry& entry) {
        if (!entry.is_pending)
            remove(entry);
    });
}

/// Above the capacity the oldest go; those that somebody waits for stay.
void PreparedCache::shrink() noexcept
{
    for (auto* entry = oldest_; entry && entries_.size() > capacity_;) {
        auto* newer = entry->newer;
        if (!entry->is_pending)
            remove(*entry);
        entry = newer;
    }
}

void PreparedCache::link(Entry& entry) noexcept
{
    entry.newer = nullptr;
    entry.older = newest_;
    (newest_ ? newest_->newer : oldest_) = &entry;
    newest_ = &entry;
}

void PreparedCache::unlink(Entry& entry) noexcept
{
    (entry.newer ? entry.newer->older : newest_) = entry.older;
    (entry.older ? entry.older->newer : oldest_) = entry.newer;
}

}
