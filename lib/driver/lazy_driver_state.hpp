#pragma once

#include "lib/driver/make_driver.hpp"
#include "lib/driver/waiting_request.hpp"
#include "lib/session/session_state.hpp"
#include <coodie/lazy_driver.hpp>
#include <map>

namespace coodie {

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
    using Queue = std::map<std::uint64_t, detail::WaitingRequest>; ///< by number, which is their order
    enum class Next : std::uint8_t
    {
        start,
        wait,
        connect,
        refuse,
        overload,
    };
    struct Arrival;

    void ask_later(detail::WaitingRequest waiting);
    Next enqueue(detail::WaitingRequest& waiting);
    void connect();
    void limit_new();
    void end_at(detail::Clock::time_point due, std::uint64_t number, const std::shared_ptr<detail::SessionLoop>& loop);
    void arrived(const Loop& loop, const std::shared_ptr<AbstractDriver>& driver);
    Queue take_or_publish(const std::shared_ptr<AbstractDriver>& driver);
    void failed(const Loop& loop, const std::exception_ptr& error);
    void was_dropped() noexcept;
    Queue take(std::uint64_t number, detail::Clock::time_point due);
    void cancel(std::uint64_t number) noexcept;
    std::size_t most() const { return options_.max_queued.value_or(SessionOptions{}.max_queued); }
    std::shared_ptr<detail::SessionState> session();
    Loop loop_of(const std::shared_ptr<detail::SessionState>& session) const;
    void end(Queue ended, const std::exception_ptr& error, const Loop& on) const;

    const InitOptions options_;
    std::atomic<AbstractDriver*> connected_{nullptr};
    std::mutex mutex_;
    std::shared_ptr<AbstractDriver> driver_;
    Queue waiting_;
    std::uint64_t numbers_ = 0;
    std::weak_ptr<detail::SessionState> session_; ///< the one that connects
    Canceller attempt_;
    bool connecting_ = false;
    bool closed_ = false;
};

}
