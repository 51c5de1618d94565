#pragma once

#include "lib/session/request.hpp"
#include <array>
#include <unordered_map>

namespace coodie::detail {

/// The prepared statements of one loop, the least recently used of them forgotten first. Concurrent prepares of one
/// text are one entry with several that wait. Pure: who sends the PREPARE is not known here.
class PreparedCache
{
public:
    struct Entry : Exchange, Deadline
    {
        std::string text;
        std::shared_ptr<const Prepared> prepared; ///< null: on its way for the first time
        bool is_pending = false;                  ///< a PREPARE is on its way, or due
        bool owes_others = false;                 ///< other loops wait for that
        bool others_are_late = false;             ///< they were to prepare it: this loop does it itself
        std::string keyspace;                     ///< the session's when it was first asked for
        std::uint32_t keyspace_generation = 0;    ///< the session's when that was sent
        RequestList waiting;
        SessionLoop* session = nullptr;
        Connection* connection = nullptr; ///< while the PREPARE is on its way
        HostIndex host{};

        /// Else it is to be prepared, again or at last.
        bool is_usable() const noexcept { return is_pending || (prepared && prepared->is_current()); }

        explicit Entry(Counter& waiting_count) noexcept : waiting{waiting_count} {}

    private:
        friend class PreparedCache;
        Entry* newer = nullptr;
        Entry* older = nullptr;
    };

    /// Requests that wait for a PREPARE are counted in `waiting_count`.
    PreparedCache(std::size_t capacity, Counter& waiting_count) noexcept
        : capacity_{capacity}, waiting_count_{waiting_count}
    {
    }

    /// Null: nobody asked for it yet. Constant texts are found by their address first.
    Entry* find(std::string_view text, bool is_constant)
    {
        if (is_constant) {
            const auto& hint = hints_[hint_of(text.data())];
            if (hint.address == text.data() && hint.entry->text == text) {
                touch(*hint.entry);
                return hint.entry;
            }
        }
        return find_text(text, is_constant);
    }
    /// A pending entry for a text that is not there.
    Entry& add(std::string_view text);
    void remove(Entry& entry) noexcept;
    std::size_t size() const noexcept { return entries_.size(); }

    /// Forgets what was prepared; what is pending stays, because others wait for it.
    void clear() noexcept;
    template <class F> void for_each(F&& f)
    {
        for (auto* entry = newest_; entry;) {
            auto* older = entry->older;
            f(*entry);
            entry = older;
        }
    }

private:
    struct Hint
    {
        const char* address = nullptr;
        Entry* entry = nullptr;
    };
    static constexpr std::size_t hint_count = 256;

    static std::size_t hint_of(const char* address) noexcept
    {
        const auto bits = reinterpret_cast<std::uintptr_t>(address);
        return (bits >> 4U ^ bits >> 12U) % hint_count;
    }
    Entry* find_text(std::string_view text, bool is_constant);
    void touch(Entry& entry) noexcept
    {
        if (&entry == newest_)
            return;
        unlink(entry);
        link(entry);
    }
    void link(Entry& entry) noexcept;
    void unlink(Entry& entry) noexcept;
    void shrink() noexcept;

    std::size_t capacity_;
    Counter& waiting_count_;
    std::unordered_map<std::string_view, std::unique_ptr<Entry>> entries_; ///< keys are views of the entries' texts
    std::array<Hint, hint_count> hints_{};
    Entry* newest_ = nullptr;
    Entry* oldest_ = nullptr;
};

}
