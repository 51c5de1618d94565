#pragma once

#include <algorithm>
#include <coodie/timestamp_generator.hpp>

namespace coodie::detail {

/// What MonotonicTimestamps does, for a session of one loop: nobody else asks, so that nothing needs to be atomic.
class LoopTimestamps final : public TimestampGenerator
{
public:
    std::optional<std::int64_t> next() override
    {
        using namespace std::chrono;
        const auto now = duration_cast<microseconds>(system_clock::now().time_since_epoch()).count();
        return last_ = std::max(now, last_ + 1);
    }

private:
    std::int64_t last_ = 0;
};

}
