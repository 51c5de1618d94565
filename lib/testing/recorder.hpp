#pragma once

#include <condition_variable>
#include <coodie/testing/condition.hpp>
#include <deque>
#include <mutex>

namespace coodie::testing {

/// Connections of one node.
struct ConnectionCount
{
    std::size_t open = 0;
    std::size_t registered = 0; ///< of these, for events
    std::size_t accepted = 0;   ///< ever
};

/// What came, and who is connected. Threads: any.
class Recorder
{
public:
    explicit Recorder(std::size_t capacity) : capacity_{capacity} {}

    void add(const RecordedRequest& request);
    void forget();
    std::vector<RecordedRequest> requests(const Condition& which) const;
    std::size_t count(const Condition& which) const;
    bool await(const Condition& which, std::size_t times, std::chrono::milliseconds timeout) const;

    template <class Change> void change_count(std::size_t node, Change change)
    {
        const std::lock_guard lock{mutex_};
        if (counts_.size() <= node)
            counts_.resize(node + 1);
        change(counts_[node]);
        changed_.notify_all();
    }
    ConnectionCount count_of(std::size_t node) const;
    bool await_connections(std::size_t node, std::size_t open, std::chrono::milliseconds timeout) const;

private:
    ConnectionCount unlocked_count_of(std::size_t node) const
    {
        return node < counts_.size() ? counts_[node] : ConnectionCount{};
    }

    const std::size_t capacity_;
    mutable std::mutex mutex_; ///< of what follows
    mutable std::condition_variable changed_;
    std::deque<RecordedRequest> requests_;
    std::size_t forgotten_ = 0; ///< the number of the first of `requests_`
    std::vector<ConnectionCount> counts_;
};

}
