#include "lib/driver/lazy_driver_state.hpp"

#include "lib/base/run_on.hpp"
#include <coodie/cql_driver.hpp>

namespace coodie {

using detail::Clock;
using detail::SessionLoop;
using detail::SessionState;
using detail::WaitingRequest;

namespace {

std::exception_ptr is_closed()
{
    return Error{errc::closed, "the driver is closed"}.as_exception();
}

std::exception_ptr is_late()
{
    return Error{errc::request_timeout, "the driver was not connected within the request's time; it was not sent"}
        .as_exception();
}

}

/// Completes the attempt to connect. Destroyed uncalled where the context goes that it was made on.
struct LazyDriver::State::Arrival
{
    std::shared_ptr<State> state;

    explicit Arrival(std::shared_ptr<State> s) noexcept : state{std::move(s)} {}
    Arrival(Arrival&&) noexcept = default;
    Arrival& operator=(Arrival&&) = delete;
    ~Arrival()
    {
        if (state)
            state->was_dropped();
    }

    static void complete(Arrival&& self, const Loop& loop, const std::exception_ptr& error, Session session)
    {
        const auto state = std::exchange(self.state, nullptr);
        if (error)
            state->failed(loop, error);
        else
            state->arrived(loop, std::make_shared<CqlDriver>(std::move(session), SessionOwner::driver));
    }
    static bool on_cancel(Arrival& self, Canceller canceller)
    {
        const std::lock_guard lock{self.state->mutex_};
        self.state->attempt_ = std::move(canceller);
        return true;
    }
};

void LazyDriver::State::ask_later(WaitingRequest waiting)
{
    switch (enqueue(waiting)) {
    case Next::start: return waiting.start(*connected());
    case Next::wait: return limit_new();
    case Next::connect: return connect();
    case Next::refuse: return waiting.handler.complete(loop(), is_closed(), Rows{});
    case Next::overload:
        const Error error{errc::overloaded,
                          std::to_string(most()) + " requests wait until the driver is connected (max_queued)"};
        return waiting.handler.complete(loop(), error.as_exception(), Rows{});
    }
}

LazyDriver::State::Next LazyDriver::State::enqueue(WaitingRequest& waiting)
{
    const std::lock_guard lock{mutex_};
    if (closed_)
        return Next::refuse;
    if (driver_)
        return Next::start;
    if (waiting_.size() >= most())
        return Next::overload;
    const auto number = numbers_++;
    if (waiting.handler.cancellable())
        waiting.handler.on_cancel({weak_from_this(), number, [](void* self, std::uint64_t cancelled) noexcept {
                                       static_cast<State*>(self)->cancel(cancelled);
                                   }});
    waiting_.emplace(number, std::move(waiting));
    return std::exchange(connecting_, true) ? Next::wait : Next::connect;
}

void LazyDriver::State::connect()
{
    auto settings = detail::Settings::of(detail::session_options(options_));
    if (!settings)
        return failed({}, settings.error().as_exception());
    auto session = std::make_shared<SessionState>(std::move(*settings));
    {
        const std::lock_guard lock{mutex_};
        session_ = session;
    }
    limit_new();
    detail::SessionAccess::connect(std::move(session), AnyHandler<void(std::exception_ptr, Session)>{
                                                           std::in_place_type<Arrival>, shared_from_this()});
}

/// What waits without an end gets one, once it is known which loop can tell the time.
void LazyDriver::State::limit_new()
{
    std::vector<std::pair<std::uint64_t, Clock::time_point>> limits;
    std::unique_lock lock{mutex_};
    const auto session = session_.lock();
    for (auto at = waiting_.rbegin(); session && at != waiting_.rend() && !at->second.is_limited(); ++at)
        limits.emplace_back(at->first, at->second.limit(session->settings()));
    lock.unlock();
    for (const auto& [number, due] : limits)
        end_at(due, number, session->loops().front());
}

void LazyDriver::State::end_at(Clock::time_point due, std::uint64_t number, const std::shared_ptr<SessionLoop>& loop)
{
    const auto end_late = [self = weak_from_this(), number, on = loop->loop()] {
        if (const auto state = self.lock())
            state->end(state->take(number, Clock::now()), is_late(), on);
    };
    run_on(loop->state(), [loop, due, end_late] {
        loop->sleep(std::chrono::ceil<std::chrono::milliseconds>(due - loop->state().now()), end_late);
    });
}

/// What waits is sent before what comes from now on.
void LazyDriver::State::arrived(const Loop& loop, const std::shared_ptr<AbstractDriver>& driver)
{
    Queue late;
    for (auto due = take_or_publish(driver); !due.empty(); due = take_or_publish(driver))
        for (auto& [number, waiting] : due)
            if (waiting.is_late())
                late.emplace(number, std::move(waiting));
            else
                waiting.start(*driver);
    end(std::move(late), is_late(), loop);
}

LazyDriver::State::Queue LazyDriver::State::take_or_publish(const std::shared_ptr<AbstractDriver>& driver)
{
    const std::lock_guard lock{mutex_};
    if (waiting_.empty() && !closed_) {
        driver_ = driver;
        connected_.store(driver.get(), std::memory_order_release);
    }
    return std::exchange(waiting_, {});
}

void LazyDriver::State::failed(const Loop& loop, const std::exception_ptr& error)
{
    std::unique_lock lock{mutex_};
    connecting_ = false;
    attempt_ = {};
    auto ended = std::exchange(waiting_, {});
    lock.unlock();
    end(std::move(ended), error, loop);
}

/// Nobody is called. A handler that waits may hold the driver.
void LazyDriver::State::was_dropped() noexcept
{
    Queue waiting;
    const std::lock_guard lock{mutex_};
    connecting_ = false;
    attempt_ = {};
    waiting.swap(waiting_);
}

void LazyDriver::State::close()
{
    std::unique_lock lock{mutex_};
    closed_ = true;
    auto ended = std::exchange(waiting_, {});
    const auto attempt = std::exchange(attempt_, {});
    const auto session = session_.lock();
    lock.unlock();
    attempt();
    end(std::move(ended), is_closed(), loop_of(session));
}

LazyDriver::State::Queue LazyDriver::State::take(std::uint64_t number, Clock::time_point due)
{
    const std::lock_guard lock{mutex_};
    Queue taken;
    if (const auto found = waiting_.find(number); found != waiting_.end() && found->second.due <= due)
        taken.insert(waiting_.extract(found));
    return taken;
}

void LazyDriver::State::cancel(std::uint64_t number) noexcept
{
    const auto session = this->session();
    end(take(number, Clock::time_point::max()),
        Error{errc::cancelled, "the request was cancelled before the driver was connected"}.as_exception(),
        loop_of(session));
}

std::shared_ptr<SessionState> LazyDriver::State::session()
{
    const std::lock_guard lock{mutex_};
    return session_.lock();
}

/// Served as long as the session is there.
Loop LazyDriver::State::loop_of(const std::shared_ptr<SessionState>& session) const
{
    return session ? session->loops().front()->loop() : detail::loop_behind(options_);
}

/// Each is told, whatever the others throw. What the first throws leaves run() of the loop, as what handlers throw that
/// run there.
void LazyDriver::State::end(Queue ended, const std::exception_ptr& error, const Loop& on) const
{
    std::exception_ptr thrown;
    for (auto& [number, waiting] : ended)
        try {
            waiting.handler.complete(loop(), error, Rows{});
        } catch (...) {
            thrown = thrown ? thrown : std::current_exception();
        }
    if (thrown && (!on || on.state()->has_ended()))
        std::rethrow_exception(thrown);
    if (thrown)
        detail::run_on(*on.state(), [on, thrown] { on.state()->rethrow_later(thrown); });
}

}
