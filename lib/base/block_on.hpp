#pragma once

#include "lib/base/blocking_call.hpp"
#include <coodie/any_handler.hpp>
#include <memory>
#include <optional>

namespace coodie::detail {

template <class T> struct Awaited
{
    std::exception_ptr error;
    std::optional<T> value;
    Waiter waiter;

    template <class Holder> static AnyHandler<void(std::exception_ptr, T)> handler(Holder self)
    {
        return [self = std::move(self)](std::exception_ptr failure, T result) {
            self->error = std::move(failure);
            if (!self->error)
                self->value.emplace(std::move(result));
            self->waiter.finish();
        };
    }
    T take()
    {
        if (error)
            std::rethrow_exception(error);
        return std::move(*value);
    }
};

template <> struct Awaited<void>
{
    std::exception_ptr error;
    Waiter waiter;

    template <class Holder> static AnyHandler<void(std::exception_ptr)> handler(Holder self)
    {
        return [self = std::move(self)](std::exception_ptr failure) {
            self->error = std::move(failure);
            self->waiter.finish();
        };
    }
    void take()
    {
        if (error)
            std::rethrow_exception(error);
    }
};

/// `holder` keeps the answer, until it is there or nobody waits for it.
template <class T, class Holder, class Start> T wait_for(const Loop& loop, const Holder& holder, Start& start)
{
    {
        BlockingCall call{loop, holder->waiter};
        start(Awaited<T>::handler(holder));
        call.wait();
    }
    return holder->take();
}

/// Starts an operation and waits for its answer: `start(AnyHandler<void(std::exception_ptr, T)>)`, without T for void.
/// The handler must be completed exactly once, on any thread, at once if need be. If `start` throws, it must not be.
/// Errors: what the answer has; errc::would_deadlock; errc::closed if a user's context was stopped meanwhile.
template <class T, class Start> T block_on(const Loop& loop, Start&& start)
{
    if (BlockingCall::may_give_up(loop))
        return wait_for<T>(loop, std::make_shared<Awaited<T>>(), start);
    Awaited<T> answer;
    return wait_for<T>(loop, &answer, start);
}

}
