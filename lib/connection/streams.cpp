#include "lib/connection/streams.hpp"

namespace coodie::detail {

Exchange* Streams::take() noexcept
{
    while (taken_ != pending_.size()) {
        auto* exchange = std::exchange(pending_[taken_++], nullptr);
        if (!exchange || exchange == orphan())
            continue;
        exchange->stream = -1;
        return exchange;
    }
    return nullptr;
}

}
