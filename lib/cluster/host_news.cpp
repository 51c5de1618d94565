#include "lib/cluster/host_news.hpp"

namespace coodie::detail {

HostNews::HostNews(LoopState& loop, std::shared_ptr<HostListener> listener)
    : keep_loop_{loop.shared_from_this()}, listener_{std::move(listener)}
{
    Task::run = [](Task& task, LoopState&) noexcept {
        const auto self = std::move(static_cast<HostNews&>(task).self_);
        self->tell();
    };
}

void HostNews::add(Event event, std::shared_ptr<const coodie::Host> host)
{
    if (!listener_)
        return;
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
