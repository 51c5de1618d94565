#pragma once

#include <functional>
#include <lib/routing/ring.hpp>

namespace coodie::metadata {

/// The replicas of every token of a ring under one strategy, computed once.
/// Threads: immutable. Lifetime: the ring must outlive it.
class ReplicaMap
{
public:
    using Replicas = std::vector<routing::NodeIndex>;

    /// `replicas_at` gives the replicas of what the token at a place owns.
    ReplicaMap(const routing::Ring& ring, const std::function<Replicas(std::size_t place)>& replicas_at);

    /// In the server's order; none on an empty ring.
    std::span<const routing::NodeIndex> replicas(Token token) const noexcept
    {
        return ring_->empty() ? std::span<const routing::NodeIndex>{} : replicas_at(ring_->place_of(token));
    }
    std::span<const routing::NodeIndex> replicas_at(std::size_t place) const noexcept
    {
        return std::span{nodes_}.subspan(first_[place], first_[place + 1] - first_[place]);
    }

private:
    const routing::Ring* ring_;
    std::vector<routing::NodeIndex> nodes_;
    std::vector<std::uint32_t> first_ = {0}; ///< of each place, in nodes_; one more at the end
};

}
