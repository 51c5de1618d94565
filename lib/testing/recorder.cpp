#include <algorithm>
#include <lib/testing/recorder.hpp>

namespace coodie::testing {

void Recorder::add(const RecordedRequest& request)
{
    const std::lock_guard lock{mutex_};
    requests_.push_back(request);
    if (requests_.size() > capacity_) {
        requests_.pop_front();
        ++forgotten_;
    }
    changed_.notify_all();
}

void Recorder::forget()
{
    const std::lock_guard lock{mutex_};
    forgotten_ += requests_.size();
    requests_.clear();
}

std::vector<RecordedRequest> Recorder::requests(const Condition& which) const
{
    const std::lock_guard lock{mutex_};
    std::vector<RecordedRequest> found;
    std::ranges::copy_if(requests_, std::back_inserter(found),
                         [&](const auto& request) { return which.fits(request); });
    return found;
}

std::size_t Recorder::count(const Condition& which) const
{
    const std::lock_guard lock{mutex_};
    return static_cast<std::size_t>(
        std::ranges::count_if(requests_, [&](const auto& request) { return which.fits(request); }));
}

bool Recorder::await(const Condition& which, std::size_t times, std::chrono::milliseconds timeout) const
{
    std::unique_lock lock{mutex_};
    std::size_t found = 0;
    std::size_t looked_at = forgotten_;
    return changed_.wait_for(lock, timeout, [&] {
        for (looked_at = std::max(looked_at, forgotten_); looked_at != forgotten_ + requests_.size(); ++looked_at)
            found += which.fits(requests_[looked_at - forgotten_]);
        return found >= times;
    });
}

ConnectionCount Recorder::count_of(std::size_t node) const
{
    const std::lock_guard lock{mutex_};
    return unlocked_count_of(node);
}

bool Recorder::await_connections(std::size_t node, std::size_t open, std::chrono::milliseconds timeout) const
{
    std::unique_lock lock{mutex_};
    return changed_.wait_for(lock, timeout, [&] { return unlocked_count_of(node).open == open; });
}

}
