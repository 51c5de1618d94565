#include "lib/base/runner.hpp"

namespace coodie::detail {

void Followers::join(Waiter& waiter)
{
    const std::lock_guard lock{mutex_};
    waiter.next_ = first_;
    waiter.previous_ = nullptr;
    if (first_)
        first_->previous_ = &waiter;
    first_ = &waiter;
}

void Followers::leave(Waiter& waiter)
{
    const std::lock_guard lock{mutex_};
    (waiter.previous_ ? waiter.previous_->next_ : first_) = waiter.next_;
    if (waiter.next_)
        waiter.next_->previous_ = waiter.previous_;
}

bool Followers::any_waits()
{
    const std::lock_guard lock{mutex_};
    for (const auto* waiter = first_; waiter; waiter = waiter->next_)
        if (!waiter->is_done())
            return true;
    return false;
}

bool Followers::offer_lead()
{
    const std::lock_guard lock{mutex_};
    for (auto* waiter = first_; waiter; waiter = waiter->next_)
        if (waiter->offer_lead())
            return true;
    return false;
}

}
