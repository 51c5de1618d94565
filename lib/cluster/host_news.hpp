#pragma once

#include "lib/base/loop_state.hpp"
#include "lib/cluster/host_registry.hpp"
#include <coodie/host_listener.hpp>
#include <deque>
#include <functional>
#include <set>

namespace coodie::detail {

/// What a user's listener has yet to hear, in order. It is told apart from what found it out, where code of the user's
/// may run. Hosts that are not used are none for it.
/// Lifetime: kept alive by its own task.
class HostNews : public std::enable_shared_from_this<HostNews>, private Task
{
public:
    using Event = void (HostListener::*)(const std::shared_ptr<const coodie::Host>&);

    using IsUsed = std::function<bool(HostIndex)>;

    /// `listener` may be null.
    HostNews(LoopState& loop, std::shared_ptr<HostListener> listener, IsUsed is_used);
    void add(Event event, std::shared_ptr<const coodie::Host> host);
    void add(const HostChanges& changes);
    void close() noexcept { listener_.reset(); } ///< nobody hears anything any more

private:
    struct Item
    {
        Event event;
        std::shared_ptr<const coodie::Host> host;
    };
    bool knows(Event event, const std::shared_ptr<const coodie::Host>& host);
    void push(Event event, std::shared_ptr<const coodie::Host> host);
    void tell();

    const std::shared_ptr<LoopState> keep_loop_;
    std::shared_ptr<HostListener> listener_;
    const IsUsed is_used_;
    std::set<HostIndex> known_; ///< to the listener
    std::deque<Item> items_;
    std::shared_ptr<HostNews> self_; ///< while the task is on its way
};

}
