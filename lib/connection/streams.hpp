#pragma once

#include "lib/connection/exchange.hpp"
#include <vector>

namespace coodie::detail {

/// The stream ids of one connection and what waits on each. The id given back last is used first; memory grows with
/// the most that were ever in use.
class Streams
{
public:
    explicit Streams(std::size_t limit) noexcept : limit_{limit} {}

    bool has_free() const noexcept { return in_use() < limit_; }
    /// Only when one is free.
    void acquire(Exchange& exchange)
    {
        if (free_.empty()) {
            exchange.stream = static_cast<std::int16_t>(pending_.size());
            pending_.push_back(&exchange);
            free_.reserve(pending_.capacity());
            return;
        }
        exchange.stream = free_.back();
        free_.pop_back();
        pending_[static_cast<std::size_t>(exchange.stream)] = &exchange;
    }
    /// What waits on the stream, which is free then; null: nothing, or it was abandoned (`is_orphan` before says
    /// which).
    Exchange* release(std::int16_t stream)
    {
        auto& slot = pending_[static_cast<std::size_t>(stream)];
        auto* exchange = std::exchange(slot, nullptr);
        free_.push_back(stream);
        if (exchange == orphan()) {
            --orphans_;
            return nullptr;
        }
        exchange->stream = -1;
        return exchange;
    }
    bool is_in_use(std::int16_t stream) const noexcept
    {
        return static_cast<std::size_t>(stream) < pending_.size() && pending_[static_cast<std::size_t>(stream)];
    }
    /// Nobody waits any more; the id stays taken until its answer comes.
    void abandon(Exchange& exchange) noexcept
    {
        pending_[static_cast<std::size_t>(exchange.stream)] = orphan();
        exchange.stream = -1;
        ++orphans_;
    }
    std::size_t orphans() const noexcept { return orphans_; }
    std::size_t in_use() const noexcept { return pending_.size() - free_.size(); }
    /// No stream is free from now on.
    void end() noexcept { limit_ = 0; }
    /// Takes one that waits, because no answer will come; null: none is left. The others can still be abandoned.
    Exchange* take() noexcept;

private:
    static Exchange* orphan() noexcept { return &orphan_; }
    static inline Exchange orphan_{};

    std::size_t limit_;
    std::size_t orphans_ = 0;
    std::size_t taken_ = 0; ///< where `take` goes on
    std::vector<Exchange*> pending_;
    std::vector<std::int16_t> free_;
};

}
