#pragma once

#include "lib/base/loop_state.hpp"
#include "lib/cluster/host_registry.hpp"
#include <coodie/host_listener.hpp>
#include <deque>

namespace coodie::detail {

/// What a user's listener has yet to hear, in order. It is told apart from what found it out, where code of the user's
/// may run. Lifetime: kept alive by its own task.
class HostNews : public std::enable_shared_from_this<HostNews>, private Task
{
public:
    using Event = void (HostListener::*)(const std::shared_ptr<const coodie::Host>&);

    /// `listener` may be null.
    HostNews(LoopState& loop, std::shared_ptr<HostListener> listener);
    void add(Event event, std::shared_ptr<const coodie::Host> host);
    void add(const HostChanges& changes);
    void close() noexcept { listener_.reset(); } ///< nobody hears anything any more

private:
    struct Item
    {
        Event event;
        std::shared_ptr<const coodie::Host> host;
    };
    void tell();

    const std::shared_ptr<LoopState> keep_loop_;
    std::shared_ptr<HostListener> listener_;
    std::deque<Item> items_;
    std::shared_ptr<HostNews> self_; ///< while the task is on its way
};

}
