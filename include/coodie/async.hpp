#pragma once

#include <asio/any_io_executor.hpp>
#include <asio/associated_allocator.hpp>
#include <asio/associated_cancellation_slot.hpp>
#include <asio/associated_executor.hpp>
#include <asio/async_result.hpp>
#include <asio/dispatch.hpp>
#include <coodie/async/adapt.hpp>
#include <coodie/driver.hpp>
#include <coodie/session.hpp>
#include <tuple>

// What every name with async_ in front needs. Its last argument is a completion token: a callback,
// asio::use_awaitable, asio::use_future, asio::deferred ... The operation completes with void(std::exception_ptr, T) on
// the executor that is associated with the handler, else on the loop that the answer came to.
// A cancellation slot gives up a request, a page or a connect, for cancellation of type terminal or partial: the server
// may have done it. The other operations of a session end by themselves, and look at no slot.
// What a callback throws leaves run() of the context that it is called on, or the blocking call that runs this. On the
// threads that the library makes there is no run() of the user's: there it ends the process (std::terminate).
// An operation that is refused before it starts may complete before its initiating call returns. The verbs of documents
// make their statement in the call: what is wrong there (no driver is registered, a value does not fit, a QuerySet that
// breaks a rule) is thrown by the call, and the handler is not called.

namespace coodie {

namespace detail {

COODIE_API Loop loop_of_context(asio::io_context& context);
/// A null loop has the system executor.
COODIE_API asio::any_io_executor executor_of(const Loop& loop) noexcept;
COODIE_API bool is_executor_of(const Loop& loop, const asio::any_io_executor& executor) noexcept;

}

/// The user's context as a loop: sessions on it make no threads. The context should outlive them:
/// see Loop.
inline Loop loop_of(asio::io_context& context)
{
    return detail::loop_of_context(context);
}

namespace detail {

/// What a handler is asked with, to see that it names none itself.
struct Nothing
{
};

template <class Handler> using ExecutorOf = typename asio::associated_executor<Handler>::type;
using NoExecutor = ExecutorOf<Nothing>; ///< Asio's choice for who names none: runs where it is told to
template <class Handler> inline constexpr bool names_executor = !std::is_same_v<ExecutorOf<Handler>, NoExecutor>;
template <class Handler>
inline constexpr bool names_slot =
    !std::is_same_v<typename asio::associated_cancellation_slot<Handler, Nothing>::type, Nothing>;

/// Also for executors that any_io_executor does not hold: io_context::strand.
template <class Executor>
    requires(!std::is_constructible_v<asio::any_io_executor, const Executor&>)
bool is_executor_of(const Loop&, const Executor&) noexcept
{
    return false;
}

template <class Executor> bool is_current(const Loop& loop, const Executor& executor)
{
    // Compared first: executing through a type-erased executor would allocate.
    return is_executor_of(loop, executor) && loop.is_current();
}

inline Loop loop_behind(const AbstractDriver* driver)
{
    return DriverAccess::loop(*driver);
}
inline Loop loop_behind(const std::shared_ptr<AbstractDriver>& driver)
{
    return DriverAccess::loop(*driver);
}
inline Loop loop_behind(const Session* session)
{
    return session->loop();
}
inline const Loop& loop_behind(const Loop& loop)
{
    return loop;
}

/// What was answered on no loop may have been answered inside its start: then never before that has returned.
template <class Executor, class Delivery> void deliver(const Executor& executor, bool later, Delivery delivery)
{
    if constexpr (std::is_constructible_v<asio::any_io_executor, const Executor&>)
        if (later)
            return asio::require(asio::any_io_executor{executor}, asio::execution::blocking.never)
                .execute(std::move(delivery));
    asio::dispatch(executor, std::move(delivery));
}

template <class Executor>
concept CountsWork = requires(const Executor& executor) {
    executor.on_work_started();
    executor.on_work_finished();
};

/// Keeps a foreign context's run() from returning while an operation is under way. The loop's own needs none, and
/// taking it only to give it back could end its run().
template <class Executor> class Work
{
public:
    template <class Source> Work(const Executor& executor, const Source& source)
    {
        if (!is_executor_of(loop_behind(source), executor))
            tracked_ = asio::prefer(asio::any_io_executor{executor}, asio::execution::outstanding_work.tracked);
    }

private:
    asio::any_io_executor tracked_;
};

template <CountsWork Executor> class Work<Executor>
{
public:
    template <class Source>
    Work(const Executor& executor, const Source& source)
        : executor_{executor}, counts_{!is_executor_of(loop_behind(source), executor)}
    {
        if (counts_)
            executor_.on_work_started();
    }
    Work(Work&& other) noexcept : executor_{std::move(other.executor_)}, counts_{std::exchange(other.counts_, false)} {}
    ~Work()
    {
        if (counts_)
            executor_.on_work_finished();
    }

private:
    Executor executor_;
    bool counts_;
};

template <> class Work<NoExecutor>
{
public:
    template <class Source> Work(const NoExecutor&, const Source&) noexcept {}
};

/// A completion handler inside an AnyHandler: its executor, its cancellation slot, and what makes of the answer what
/// it is called with.
template <class Handler, class Adapt> class Completion
{
public:
    template <class H, class Source>
    Completion(H&& handler, Adapt adapt, const Source& source)
        : handler_(std::forward<H>(handler)), adapt_(std::move(adapt)),
          work_(asio::get_associated_executor(handler_), source)
    {
    }

    template <class... Answer>
    static void complete(Completion&& self, const Loop& loop, std::exception_ptr error, Answer... answer)
    {
        if constexpr (names_executor<Handler>) {
            const auto executor = asio::get_associated_executor(self.handler_);
            if (!is_current(loop, executor))
                return deliver(executor, !loop,
                               Delivery<Answer...>{std::move(self), std::move(error), {std::move(answer)...}});
        }
        std::move(self).finish(std::move(error), std::move(answer)...);
    }

    static bool on_cancel(Completion& self, Canceller canceller)
        requires names_slot<Handler>
    {
        auto slot = asio::get_associated_cancellation_slot(self.handler_);
        if (!slot.is_connected())
            return false;
        slot.assign([canceller = std::move(canceller)](asio::cancellation_type type) {
            using Type = asio::cancellation_type;
            const auto give_up = canceller; // completing clears the slot, and this function object with it
            if ((type & (Type::terminal | Type::partial)) != Type::none)
                give_up();
        });
        return true;
    }

private:
    /// On its way to the handler's executor.
    template <class... Answer> struct Delivery
    {
        using allocator_type = typename asio::associated_allocator<Handler>::type;
        allocator_type get_allocator() const noexcept { return asio::get_associated_allocator(completion.handler_); }

        void operator()()
        {
            std::apply([this](Answer&... a) { std::move(completion).finish(std::move(error), std::move(a)...); },
                       answer);
        }

        Completion completion;
        std::exception_ptr error;
        std::tuple<Answer...> answer;
    };

    template <class... Answer> void finish(std::exception_ptr error, Answer... answer) &&
    {
        if constexpr (names_slot<Handler>)
            asio::get_associated_cancellation_slot(handler_).clear();
        call(std::move(handler_), adapt_, std::move(error), std::move(answer)...);
    }

    Handler handler_;
    [[no_unique_address]] Adapt adapt_;
    [[no_unique_address]] Work<ExecutorOf<Handler>> work_;
};

/// Starts an operation once the token has made a handler: `start(source, arguments..., AnyHandler<Raw>)`.
template <class Raw, class Source, class Start, class Adapt> struct Initiation
{
    using executor_type = asio::any_io_executor;
    executor_type get_executor() const noexcept { return executor_of(loop_behind(source)); }

    template <class Handler, class... Arguments> void operator()(Handler&& handler, Arguments&&... arguments) const
    {
        using Held = Completion<std::decay_t<Handler>, Adapt>;
        start(source, std::forward<Arguments>(arguments)...,
              AnyHandler<Raw>{std::in_place_type<Held>, std::forward<Handler>(handler), adapt, source});
    }

    Source source;
    Start start;
    Adapt adapt;
};

template <class Adapt, class... Raw> struct Initiate;
template <class Adapt, class... Answer> struct Initiate<Adapt, void(std::exception_ptr, Answer...)>
{
    using Raw = void(std::exception_ptr, Answer...);
    using Signature = typename SignatureOf<typename Adapted<Adapt, Answer...>::type>::type;
};

/// The one way from a token to an operation. `adapt` makes of the answer what the handler gets; it may throw, and the
/// handler gets that.
template <class Raw, class Source, class Start, class Adapt, class Token, class... Arguments>
auto initiate(Source source, Start start, Adapt adapt, Token&& token, Arguments&&... arguments)
{
    using Signature = typename Initiate<Adapt, Raw>::Signature;
    constexpr bool fits = asio::completion_token_for<Token, Signature>;
    static_assert(fits, "coodie: the last argument of an async_ function must be a completion token: a callback that "
                        "takes (std::exception_ptr) or (std::exception_ptr, T), asio::use_awaitable, "
                        "asio::use_future, ...");
    if constexpr (fits)
        return asio::async_initiate<Token, Signature>(
            Initiation<Raw, Source, Start, Adapt>{std::move(source), std::move(start), std::move(adapt)}, token,
            std::forward<Arguments>(arguments)...);
}

}

}

#include <coodie/async/driver.hpp>
#include <coodie/async/init.hpp>
#include <coodie/async/session.hpp>
#include <coodie/mapping/async_verbs.hpp>
