#pragma once

#include <asio/post.hpp>
#include <coodie/async.hpp>
#include <coodie/exceptions.hpp>
#include <coodie/testing/mock_driver.hpp>
#include <map>
#include <mutex>
#include <vector>

namespace coodie::testing {

/// Keeps handlers until it is told to answer, on its loop; gives up those that are cancelled.
class LaterDriver : public AbstractDriver
{
public:
    explicit LaterDriver(Loop loop) : state_{std::make_shared<State>(std::move(loop))} {}

    /// Answers what waits now with one row of one column that holds `value`.
    void answer_all(int value = 1) const { state_->answer_all(value); }
    std::size_t waiting() const
    {
        const std::lock_guard lock{state_->mutex};
        return state_->handlers.size();
    }
    int orphans() const
    {
        const std::lock_guard lock{state_->mutex};
        return state_->orphans;
    }

private:
    struct State
    {
        explicit State(Loop where) : loop{std::move(where)} {}

        void answer_all(int value)
        {
            asio::post(detail::executor_of(loop), [this, value] {
                std::map<std::uint64_t, RowsHandler> taken;
                {
                    const std::lock_guard lock{mutex};
                    taken.swap(handlers);
                }
                for (auto& [id, handler] : taken)
                    handler.complete(loop, nullptr, rows({"value"}, row(value)));
            });
        }
        void give_up(std::uint64_t id)
        {
            const std::lock_guard lock{mutex};
            auto found = handlers.extract(id);
            if (found.empty())
                return;
            ++orphans;
            asio::post(detail::executor_of(loop), [this, handler = std::move(found.mapped())]() mutable {
                const Error error{errc::cancelled, "given up"};
                handler.complete(loop, error.as_exception(), Rows{});
            });
        }

        const Loop loop;
        std::mutex mutex;
        std::uint64_t next = 0;
        std::map<std::uint64_t, RowsHandler> handlers;
        int orphans = 0;
    };

    Loop do_loop() const override { return state_->loop; }
    void do_execute(Statement, RowsHandler handler) override
    {
        const std::lock_guard lock{state_->mutex};
        const auto id = ++state_->next;
        if (handler.cancellable())
            handler.on_cancel({state_, id, [](void* state, std::uint64_t request) noexcept {
                                   static_cast<State*>(state)->give_up(request);
                               }});
        state_->handlers.emplace(id, std::move(handler));
    }
    void do_execute_batch(Batch, RowsHandler handler) override { do_execute({}, std::move(handler)); }
    void do_close(AnyHandler<void(std::exception_ptr)> handler) override { handler.complete(state_->loop, nullptr); }
    std::string do_keyspace() const override { return "test"; }

    std::shared_ptr<State> state_;
};

}
