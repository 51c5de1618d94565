#include <coodie/lazy_driver.hpp>

#include "lib/driver/make_driver.hpp"
#include <atomic>
#include <map>
#include <mutex>
#include <variant>

namespace coodie {

namespace {

using Asked = std::variant<Statement, Batch>;

void start(AbstractDriver& driver, Asked&& asked, RowsHandler handler)
{
    std::visit([&](auto& what) { detail::DriverAccess::start(driver, std::move(what), std::move(handler)); }, asked);
}

std::exception_ptr is_closed()
{
    return Error{errc::closed, "the driver is closed"}.as_exception();
}

}

/// Lifetime: the driver and what connects it keep it. Nothing of the user's runs under the lock.
class LazyDriver::State : public std::enable_shared_from_this<State>
{
public:
    explicit State(InitOptions options) : options_{std::move(options)} {}

    /// Null: not connected yet. It stays once it is there.
    AbstractDriver* connected() const noexcept { return connected_.load(std::memory_order_acquire); }
    Loop loop() const { return connected() ? detail::DriverAccess::loop(*connected()) : detail::loop_behind(options_); }
    std::string keyspace() const { return connected() ? connected()->keyspace() : options_.keyspace; }

    template <class What> void ask(What what, RowsHandler handler)
    {
        if (auto* driver = connected()) [[likely]]
            return detail::DriverAccess::start(*driver, std::move(what), std::move(handler));
        ask_later({std::move(what), std::move(handler)});
    }
    void close();

private:
    struct Waiting
    {
        Asked asked;
        RowsHandler handler;
    };
    using Queue = std::map<std::uint64_t, Waiting>; ///< by number, which is their order
    enum class Next : std::uint8_t
    {
        start,
        wait,
        connect,
        refuse,
        overload,
    };
    struct Arrival;

    void ask_later(Waiting waiting);
    Next enqueue(Waiting& waiting);
    void arrived(const std::shared_ptr<AbstractDriver>& driver);
    Queue take_or_publish(const std::shared_ptr<AbstractDriver>& driver);
    void failed(const std::exception_ptr& error);
    void cancel(std::uint64_t number) noexcept;
    std::size_t most() const { return options_.max_queued.value_or(SessionOptions{}.max_queued); }
    void end(Queue ended, const std::exception_ptr& error) const;

    const InitOptions options_;
    std::atomic<AbstractDriver*> connected_{nullptr};
    std::mutex mutex_;
    std::shared_ptr<AbstractDriver> driver_;
    Queue waiting_;
    std::uint64_t numbers_ = 0;
    Canceller attempt_;
    bool connecting_ = false;
    bool closed_ = false;
};

/// Completes the attempt to connect.
struct LazyDriver::State::Arrival
{
    std::shared_ptr<State> state;

    static void complete(Arrival&& self, const Loop&, const std::exception_ptr& error,
                         const std::shared_ptr<AbstractDriver>& driver)
    {
        const auto state = std::move(self.state);
        if (error)
            state->failed(error);
        else
            state->arrived(driver);
    }
    static bool on_cancel(Arrival& self, Canceller canceller)
    {
        const std::lock_guard lock{self.state->mutex_};
        self.state->attempt_ = std::move(canceller);
        return true;
    }
};

void LazyDriver::State::ask_later(Waiting waiting)
{
    switch (enqueue(waiting)) {
    case Next::start: return start(*connected(), std::move(waiting.asked), std::move(waiting.handler));
    case Next::wait: return;
    case Next::connect:
        return detail::connect_driver(options_,
                                      detail::DriverHandler{std::in_place_type<Arrival>, Arrival{shared_from_this()}});
    case Next::refuse: return waiting.handler.complete(loop(), is_closed(), Rows{});
    case Next::overload:
        const Error error{errc::overloaded,
                          std::to_string(most()) + " requests wait until the driver is connected (max_queued)"};
        return waiting.handler.complete(loop(), error.as_exception(), Rows{});
    }
}

LazyDriver::State::Next LazyDriver::State::enqueue(Waiting& waiting)
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

/// What waits is sent before what comes from now on.
void LazyDriver::State::arrived(const std::shared_ptr<AbstractDriver>& driver)
{
    for (auto due = take_or_publish(driver); !due.empty(); due = take_or_publish(driver))
        for (auto& [number, waiting] : due)
            start(*driver, std::move(waiting.asked), std::move(waiting.handler));
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

void LazyDriver::State::failed(const std::exception_ptr& error)
{
    std::unique_lock lock{mutex_};
    connecting_ = false;
    attempt_ = {};
    auto ended = std::exchange(waiting_, {});
    lock.unlock();
    end(std::move(ended), error);
}

void LazyDriver::State::close()
{
    std::unique_lock lock{mutex_};
    closed_ = true;
    auto ended = std::exchange(waiting_, {});
    const auto attempt = std::exchange(attempt_, {});
    lock.unlock();
    attempt();
    end(std::move(ended), is_closed());
}

void LazyDriver::State::cancel(std::uint64_t number) noexcept
{
    Queue ended;
    {
        const std::lock_guard lock{mutex_};
        if (const auto found = waiting_.find(number); found != waiting_.end())
            ended.insert(waiting_.extract(found));
    }
    end(std::move(ended),
        Error{errc::cancelled, "the request was cancelled before the driver was connected"}.as_exception());
}

void LazyDriver::State::end(Queue ended, const std::exception_ptr& error) const
{
    for (auto& [number, waiting] : ended)
        waiting.handler.complete(loop(), error, Rows{});
}

LazyDriver::LazyDriver(InitOptions options)
{
    if (options.session)
        Error{errc::configuration, "LazyDriver: the session is connected already; give hosts"}.raise();
    if (const auto error = detail::check(options))
        error.raise();
    state_ = std::make_shared<State>(std::move(options));
}

LazyDriver::~LazyDriver()
{
    state_->close();
}

bool LazyDriver::is_connected() const noexcept
{
    return state_->connected() != nullptr;
}

Loop LazyDriver::do_loop() const
{
    return state_->loop();
}

void LazyDriver::do_execute(Statement statement, RowsHandler handler)
{
    state_->ask(std::move(statement), std::move(handler));
}

void LazyDriver::do_execute_batch(Batch batch, RowsHandler handler)
{
    state_->ask(std::move(batch), std::move(handler));
}

void LazyDriver::do_close(AnyHandler<void(std::exception_ptr)> handler)
{
    state_->close();
    if (auto* driver = state_->connected())
        detail::DriverAccess::close(*driver, std::move(handler));
    else
        handler.complete(state_->loop(), nullptr);
}

std::string LazyDriver::do_keyspace() const
{
    return state_->keyspace();
}

}
