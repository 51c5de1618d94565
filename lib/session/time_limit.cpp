#include "lib/session/time_limit.hpp"

namespace coodie::detail {

TimeLimit::TimeLimit(LoopState& loop, Error late, Done done)
    : loop_{loop}, late_{std::move(late)}, done_{std::move(done)}
{
    expire = [](Deadline& deadline) noexcept {
        auto& self = static_cast<TimeLimit&>(deadline);
        self.end(self.late_);
    };
}

TimeLimit::Done TimeLimit::set(LoopState& loop, std::chrono::milliseconds most, Error late, Done done)
{
    const std::shared_ptr<TimeLimit> limit{new TimeLimit{loop, std::move(late), std::move(done)}};
    limit->self_ = limit;
    loop.link(*limit, loop.after(most));
    return [limit](const Error& error) { limit->end(error); };
}

void TimeLimit::end(const Error& error)
{
    const auto self = std::exchange(self_, nullptr);
    if (!self)
        return;
    if (is_linked())
        loop_.unlink(*this);
    std::exchange(done_, nullptr)(error);
}

}
