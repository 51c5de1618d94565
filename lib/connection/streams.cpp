#include "lib/connection/streams.hpp"

namespace coodie::detail {

std::vector<Exchange*> Streams::take_all()
{
    std::vector<Exchange*> waiting;
    for (auto* exchange : pending_) {
        if (!exchange || exchange == orphan())
            continue;
        exchange->stream = -1;
        waiting.push_back(exchange);
    }
    pending_.clear();
    free_.clear();
    orphans_ = 0;
    return waiting;
}

}
