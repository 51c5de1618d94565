#pragma once

#include "../table.hpp"

#include <chrono>
#include <cstdint>
#include <vector>

namespace bench {

enum class Kind
{
    insert,
    select,
    page
};

struct Work
{
    Kind kind;
    std::uint32_t depth;
};

/// One of the requests in flight: it is sent, answered, and sent again until its share of the window is done.
struct Lane
{
    std::uint64_t number = 0; ///< of the next request; lanes count in steps of the depth
    std::uint64_t end = 0;
    std::int64_t sampled_at = 0;
    Fold fold;
};

/// A number of requests, divided evenly among lanes, so that nothing is shared between two requests in flight.
/// Latency is sampled (two clock reads cost a quarter of a floor's request): every request at depth 1, else one in 32.
class Window
{
public:
    Window(const Work& work, std::uint64_t requests);

    std::vector<Lane>& lanes() { return lanes_; }
    std::uint64_t requests() const { return requests_; }
    const std::vector<std::uint32_t>& latencies() const { return latencies_; }
    /// The sum over the lanes of what the requests returned.
    Fold fold() const;

    /// To be called before a lane's request is sent.
    void sending(Lane& lane) const
    {
        if ((lane.number / depth_ + lane.number) % stride_ == 0)
            lane.sampled_at = now();
    }
    /// To be called when a lane's request is answered, by one thread at a time. False when the lane is done.
    bool answered(Lane& lane)
    {
        if (lane.sampled_at != 0) {
            latencies_.push_back(static_cast<std::uint32_t>(now() - lane.sampled_at));
            lane.sampled_at = 0;
        }
        lane.number += depth_;
        return lane.number < lane.end;
    }

private:
    static std::int64_t now() { return std::chrono::steady_clock::now().time_since_epoch().count(); }

    std::uint32_t depth_;
    std::uint32_t stride_;
    std::uint64_t requests_;
    std::vector<Lane> lanes_;
    std::vector<std::uint32_t> latencies_;
};

}
