#include "window.hpp"

namespace bench {

Window::Window(const Work& work, std::uint64_t requests)
    : depth_(work.depth), stride_(work.depth == 1 ? 1 : 32), requests_((requests + depth_ - 1) / depth_ * depth_),
      lanes_(depth_)
{
    for (std::uint32_t i = 0; i < depth_; ++i)
        lanes_[i] = {.number = i, .end = requests_, .sampled_at = 0, .fold = {}};
    latencies_.reserve(requests_ / stride_ + 2 * depth_);
}

Fold Window::fold() const
{
    Fold all;
    for (const auto& lane : lanes_)
        all.add(lane.fold);
    return all;
}

}
