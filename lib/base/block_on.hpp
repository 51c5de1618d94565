#pragma once

#include "lib/base/blocking_call.hpp"
#include <coodie/any_handler.hpp>
#include <optional>

namespace coodie::detail {

template <class T> struct Awaited
{
    std::exception_ptr error;
    std::optional<T> value;
    Waiter waiter;

    AnyHandler<void(std::exception_ptr, T)> handler()
    {
        return [this](std::exception_ptr failure, T result) {
            error = std::move(failure);
            if (!error)
                value.emplace(std::move(result));
            waiter.finish();
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

    AnyHandler<void(std::exception_ptr)> handler()
    {
        return [this](std::exception_ptr failure) {
            error = std::move(failure);
            waiter.finish();
        };
    }
    void take()
    {
        if (error)
            std::rethrow_exception(error);
    }
};

/// Starts an operation and waits for its answer: `start(AnyHandler<void(std::exception_ptr, T)>)`, without T for void.
/// The handler must be completed exactly once, on any thread, at once if need be. If `start` throws, it must not be.
template <class T, class Start> T block_on(const Loop& loop, Start&& start)
{
    Awaited<T> answer;
    {
        BlockingCall call{loop, answer.waiter};
        start(answer.handler());
        call.wait();
    }
    return answer.take();
}

}
