#include "lib/cluster/host_news.hpp"

namespace coodie::detail {

HostNews::HostNews(LoopState& loop, std::shared_ptr<HostListener> listener, IsUsed is_used)
    : keep_loop_{loop.shared_from_this()}, listener_{std::move(listener)}, is_used_{std::move(is_used)}
{
    Task::run = [](Task& task, LoopState&) noexcept {
        const auto self = std::move(static_cast<HostNews&>(task).self_);
        self->tell();
    };
}

void HostNews::add(Event event, std::shared_ptr<const coodie::Host> host)
{
    if (!listener_ || !knows(event, host))
        return;
    if (event == &HostListener::on_remove)
        known_.erase(host->index());
    push(event, std::move(host));
}

/// A host that is used by now is added before anything else is heard of it.
bool HostNews::knows(Event event, const std::shared_ptr<const coodie::Host>& host)
{
    if (known_.contains(host->index()))
        return true;
    if (event == &HostListener::on_remove || !is_used_(host->index()))
        return false;
    known_.insert(host->index());
    if (event != &HostListener::on_add)
        push(&HostListener::on_add, host);
    return true;
}

void HostNews::push(Event event, std::shared_ptr<const coodie::Host> host)
{
    items_.push_back({event, std::move(host)});
    if (self_)
        return;
    self_ = shared_from_this();
    keep_loop_->submit_later(*this);
}

void HostNews::add(const HostChanges& changes)
{
    for (const auto& host : changes.removed)
        add(&HostListener::on_remove, host);
    for (const auto& state : changes.added)
        add(&HostListener::on_add, state.host);
}

void HostNews::tell()
{
    while (const auto listener = items_.empty() ? nullptr : listener_) {
        const auto [event, host] = std::move(items_.front());
        items_.pop_front();
        try {
            ((*listener).*event)(host);
        } catch (...) {
            keep_loop_->rethrow_later(std::current_exception());
        }
    }
}

}
