#pragma once

#include "lib/session/prepared.hpp"
#include <functional>
#include <list>
#include <map>
#include <mutex>

namespace coodie::detail {

/// The prepared statements of a session, for those of its loops that do not know one yet: what one has prepared the
/// others need not. Threads: any; whoever waits is told outside the lock.
class SharedStatements
{
public:
    struct Key
    {
        std::string keyspace; ///< in which the text was prepared
        std::string text;
        friend auto operator<=>(const Key&, const Key&) = default;
    };
    struct Found
    {
        std::shared_ptr<const Prepared> prepared = {}; ///< null: it is to be prepared
        bool is_pending = false;                       ///< another loop does
    };
    using Told = std::function<void()>;

    /// Above the capacity those go that were asked for longest ago, and first of all those that no loop keeps.
    explicit SharedStatements(std::size_t capacity) noexcept : capacity_{capacity} {}

    /// Who is told that it is to be prepared says how that ended, by `end`. Who is told that another loop does is told
    /// when that has ended, whatever came of it.
    Found find_or_begin(const Key& key, Told told);
    /// Null: it was not prepared.
    void end(const Key& key, std::shared_ptr<const Prepared> prepared);

    /// It was prepared again. Gives what it was before; null, and nothing is replaced, while it is not known.
    std::shared_ptr<const Prepared> replace(const Key& key, std::shared_ptr<const Prepared> prepared);
    void forget(const Key& key);
    /// Those of a keyspace, the newest first.
    std::vector<std::shared_ptr<const Prepared>> all(std::string_view keyspace) const;

private:
    struct Entry
    {
        Key key;
        std::shared_ptr<const Prepared> prepared = {}; ///< null: pending
        std::vector<Told> waiting = {};
    };
    using Entries = std::list<Entry>; ///< the newest first

    Entry* prepared(const Key& key);
    void erase(Entries::iterator entry);
    void shrink();

    const std::size_t capacity_;
    mutable std::mutex mutex_;
    Entries entries_;
    std::map<Key, Entries::iterator> places_;
};

}
