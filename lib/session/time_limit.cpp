#include "lib/session/time_limit.hpp"

namespace coodie::detail {

TimeLimit::TimeLimit(LoopState& loop, Error late, Done done)
    : loop_{loop}, late_{std::move(late)}, done_{std::move(done)}
{
    expire = [](Deadline& deadline) noexcept {
        auto& self = static_cast<TimeLimit&>(deadline);
        self.end(self.late_);
    };
    evict = [](Resident& resident) noexcept {
        auto& limit = static_cast<TimeLimit&>(resident);
        const auto self = limit.leave();
        const auto dropped = std::exchange(limit.done_, nullptr); // may hold the last way to this
    };
}

TimeLimit::Done TimeLimit::set(LoopState& loop, std::chrono::milliseconds most, Error late, Done done)
{
    const std::shared_ptr<TimeLimit> limit{new TimeLimit{loop, std::move(late), std::move(done)}};
    limit->self_ = limit;
    if (!loop.has_ended()) { // else nothing waits there any more
        loop.link(*limit, loop.after(most));
        loop.move_in(*limit);
    }
    return [limit](const Error& error) { limit->end(error); };
}

void TimeLimit::end(const Error& error)
{
    if (const auto self = leave())
        std::exchange(done_, nullptr)(error);
}

/// Null: it has ended before.
std::shared_ptr<TimeLimit> TimeLimit::leave() noexcept
{
    auto self = std::exchange(self_, nullptr);
    if (!self)
        return nullptr;
    loop_.move_out(*this);
    if (is_linked())
        loop_.unlink(*this);
    loop_.disarm();
    return self;
}

}
