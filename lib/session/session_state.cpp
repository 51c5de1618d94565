#include "lib/session/session_state.hpp"

#include "lib/base/run_on.hpp"
#include "lib/session/time_limit.hpp"

namespace coodie::detail {

namespace {

std::vector<Loop> loops_for(const SessionOptions& options)
{
    auto loops = options.loops;
    if (loops.empty())
        for (std::size_t n = 0; n < options.threads; ++n)
            loops.emplace_back(LoopState::make());
    return loops;
}

/// Lets go of a loop outside every turn: whoever uses it right now may go on.
void release_later(std::shared_ptr<SessionLoop> loop)
{
    auto& state = loop->state();
    run_later(state, [loop = std::move(loop)] {}, Code::ours);
}

}

SessionState::SessionState(std::shared_ptr<const Settings> settings)
    : settings_{std::move(settings)},
      commons_{std::make_shared<Commons>(settings_->options.keyspace, settings_->options.prepared_cache_capacity)}
{
    for (auto& loop : loops_for(settings_->options))
        loops_.push_back(std::make_shared<SessionLoop>(std::move(loop), settings_, commons_));
    const auto control_plane = std::make_shared<ControlPlane>(settings_, loops_, commons_);
    for (std::size_t number = 0; number != loops_.size(); ++number)
        loops_[number]->join(control_plane, number);
}

SessionState::~SessionState()
{
    for (auto& loop : loops_) {
        const auto keep = loop->loop();
        auto& state = *keep.state();
        const bool is_elsewhere = !state.is_owned() && !state.is_current();
        if (is_elsewhere && state.is_run_by_user())
            run_later(state, [loop] { loop->close(); }, Code::ours); // freed with the context if that ends first
        else
            run_on(state, [loop] { loop->close(); });
        if (is_elsewhere && !state.is_run_by_user())
            const Turn turn{state}; // nobody may ever run the user's context again
        release_later(std::move(loop));
        if (settings_->options.loops.empty())
            state.stop();
    }
}

SessionLoop& SessionState::loop_of_this_thread() noexcept
{
    for (const auto& loop : loops_)
        if (loop->state().in_turn() || loop->state().is_current())
            return *loop;
    static std::atomic<std::size_t> threads{0};
    static thread_local const auto mine = threads.fetch_add(1, std::memory_order_relaxed);
    return *loops_[mine % loops_.size()];
}

OnEachLoop::Limit SessionState::limit(std::chrono::milliseconds most) noexcept
{
    return {loop().loop(), bounded(most) + bounded(options().request_timeout)};
}

void OnEachLoop::run(std::vector<std::shared_ptr<SessionLoop>> loops, Order order, Step step, const Limit& limit,
                     Done done)
{
    const auto self = std::make_shared<OnEachLoop>();
    self->left_ = loops.size();
    self->has_ended_.resize(loops.size());
    self->loops_ = std::move(loops);
    self->order_ = order;
    self->step_ = std::move(step);
    self->done_ = std::move(done);
    self->limit_ = limit;
    run_on(*limit.on.state(), [self] {
        self->tell_ =
            TimeLimit::set(*self->limit_.on.state(), self->limit_.most, {}, [self](const Error&) { self->finish(); });
    });
    for (std::size_t at = 0; at < (order == Order::at_once ? self->loops_.size() : 1); ++at)
        self->begin(at);
}

void OnEachLoop::begin(std::size_t at)
{
    run_on(loops_[at]->state(), [self = shared_from_this(), at] {
        auto& state = self->loops_[at]->state();
        state.begin_user_work();
        self->step_(*self->loops_[at], [self, at](const Error& error) {
            self->loops_[at]->state().end_user_work();
            self->ended(at, error);
        });
    });
}

void OnEachLoop::ended(std::size_t at, const Error& error)
{
    {
        const std::lock_guard lock{mutex_};
        if (error && !error_)
            error_ = error;
        has_ended_[at] = true;
        --left_;
        if (order_ == Order::at_once ? left_ != 0 : left_ != 0 && !error_)
            at = order_ == Order::one_by_one ? at + 1 : loops_.size();
        else
            at = SIZE_MAX;
    }
    if (at == SIZE_MAX)
        tell();
    else if (at < loops_.size())
        begin(at);
}

void OnEachLoop::tell()
{
    run_on(*limit_.on.state(), [self = shared_from_this()] {
        if (const auto tell = std::exchange(self->tell_, nullptr))
            tell({});
    });
}

/// Every loop has ended, or the time is over: what those do that are left changes nothing any more.
void OnEachLoop::finish()
{
    Error told;
    bool is_late = false;
    {
        const std::lock_guard lock{mutex_};
        is_late = !error_ && left_ != 0;
        if (is_late)
            error_ = why_late();
        told = error_;
    }
    if (is_late && limit_.late)
        told = limit_.late(*loops_.front(), told);
    std::exchange(done_, nullptr)(told);
}

Error OnEachLoop::why_late() const
{
    std::string which;
    for (std::size_t at = 0; at != loops_.size(); ++at)
        if (!has_ended_[at])
            which += (which.empty() ? "loop " : " and loop ") + std::to_string(at + 1);
    return {errc::request_timeout, which + " of " + std::to_string(loops_.size()) + " has not answered within " +
                                       std::to_string(limit_.most.count()) + " ms; does a thread run its context?"};
}

}
