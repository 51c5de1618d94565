#pragma once

#include <coodie/export.hpp>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <memory>
#include <new>
#include <type_traits>
#include <utility>

namespace coodie {

class Loop;

/// Gives a request up: weak, so a late call does nothing. Callable from any thread.
struct Canceller
{
    std::weak_ptr<void> owner;
    std::uint64_t request = 0;
    void (*give_up)(void*, std::uint64_t) noexcept = nullptr;

    void operator()() const noexcept
    {
        if (const auto alive = owner.lock(); alive && give_up)
            give_up(alive.get(), request);
    }
};

template <class Signature> class AnyHandler;

/// A completion handler without its type: move-only, called once. Up to `inline_size` bytes live in the object.
/// `complete` runs it where it wants to run: a plain function object on the calling thread; what async.hpp makes from
/// a completion token on the token's associated executor.
/// What a function object throws leaves `run()` of the thread that runs the loop, and the loop goes on; on a loop of
/// the library's own it ends the process (std::terminate), as in any thread that nobody watches.
template <class... Args> class [[nodiscard]] AnyHandler<void(Args...)>
{
public:
    static constexpr std::size_t inline_size = 64;

    struct Table
    {
        void (*move)(void* to, void* from) noexcept; ///< constructs at `to`, destroys at `from`
        void (*destroy)(void*) noexcept;
        void (*complete)(void*, const Loop&, Args&&...); ///< destroys it, then calls it
        bool (*on_cancel)(void*, Canceller);             ///< null: no cancellation slot
    };

    AnyHandler() noexcept {} // not defaulted: AnyHandler{} would fill the storage with zeros first
    /// A function object called with Args.
    template <class F>
        requires(!std::is_same_v<std::remove_cvref_t<F>, AnyHandler> && std::is_invocable_v<std::decay_t<F>&, Args...>)
    AnyHandler(F&& function) : AnyHandler{std::in_place_type<Plain<std::decay_t<F>>>, std::forward<F>(function)}
    {
    }
    /// A handler type with its own way to complete: `Handler` has `static constexpr Table table`-like statics
    /// `complete(Handler&&, const Loop&, Args...)` and, when cancellable, `on_cancel(Handler&, Canceller)`.
    template <class Handler, class... A> explicit AnyHandler(std::in_place_type_t<Handler>, A&&... arguments)
    {
        if constexpr (fits<Handler>) {
            ::new (static_cast<void*>(storage_)) Handler(std::forward<A>(arguments)...);
            table_ = &inline_table<Handler>;
        } else {
            auto* boxed = new Handler(std::forward<A>(arguments)...);
            ::new (static_cast<void*>(storage_)) Handler*(boxed);
            table_ = &boxed_table<Handler>;
        }
    }
    AnyHandler(AnyHandler&& other) noexcept { take(other); }
    AnyHandler& operator=(AnyHandler&& other) noexcept
    {
        if (this != &other) {
            reset();
            take(other);
        }
        return *this;
    }
    ~AnyHandler() { reset(); }

    explicit operator bool() const noexcept { return table_ != nullptr; }
    bool cancellable() const noexcept { return table_ && table_->on_cancel; }
    bool on_cancel(Canceller canceller) { return table_->on_cancel(storage_, std::move(canceller)); }
    /// Once. The handler is gone before it is called: it may destroy whatever held it.
    void complete(const Loop& loop, Args... args)
    {
        const auto* table = std::exchange(table_, nullptr);
        table->complete(storage_, loop, std::move(args)...);
    }

private:
    template <class F> struct Plain
    {
        F function;
        explicit Plain(const F& f) : function{f} {}
        explicit Plain(F&& f) : function{std::move(f)} {}
        static void complete(Plain&& self, const Loop&, Args... args)
        {
            auto function = std::move(self.function);
            function(std::move(args)...);
        }
    };

    template <class Handler>
    static constexpr bool fits = sizeof(Handler) <= inline_size && alignof(Handler) <= alignof(std::max_align_t);

    template <class Handler> static void complete_inline(void* at, const Loop& loop, Args&&... args)
    {
        auto* stored = static_cast<Handler*>(at);
        Handler handler{std::move(*stored)};
        stored->~Handler();
        Handler::complete(std::move(handler), loop, std::move(args)...);
    }
    template <class Handler> static void complete_boxed(void* at, const Loop& loop, Args&&... args)
    {
        const std::unique_ptr<Handler> handler{*static_cast<Handler**>(at)};
        Handler::complete(std::move(*handler), loop, std::move(args)...);
    }
    template <class Handler> static constexpr auto cancel_inline() noexcept
    {
        using Function = bool (*)(void*, Canceller);
        if constexpr (requires(Handler& h, Canceller c) { Handler::on_cancel(h, std::move(c)); })
            return Function{
                [](void* at, Canceller c) { return Handler::on_cancel(*static_cast<Handler*>(at), std::move(c)); }};
        else
            return Function{nullptr};
    }
    template <class Handler> static constexpr auto cancel_boxed() noexcept
    {
        using Function = bool (*)(void*, Canceller);
        if constexpr (requires(Handler& h, Canceller c) { Handler::on_cancel(h, std::move(c)); })
            return Function{
                [](void* at, Canceller c) { return Handler::on_cancel(**static_cast<Handler**>(at), std::move(c)); }};
        else
            return Function{nullptr};
    }
    template <class Handler>
    static constexpr Table inline_table{[](void* to, void* from) noexcept {
                                            auto* handler = static_cast<Handler*>(from);
                                            ::new (to) Handler(std::move(*handler));
                                            handler->~Handler();
                                        },
                                        [](void* at) noexcept { static_cast<Handler*>(at)->~Handler(); },
                                        &complete_inline<Handler>, cancel_inline<Handler>()};
    template <class Handler>
    static constexpr Table boxed_table{
        [](void* to, void* from) noexcept { ::new (to) Handler*(*static_cast<Handler**>(from)); },
        [](void* at) noexcept { delete *static_cast<Handler**>(at); }, &complete_boxed<Handler>,
        cancel_boxed<Handler>()};

    void take(AnyHandler& other) noexcept
    {
        table_ = std::exchange(other.table_, nullptr);
        if (table_)
            table_->move(storage_, other.storage_);
    }
    void reset() noexcept
    {
        if (table_)
            std::exchange(table_, nullptr)->destroy(storage_);
    }

    const Table* table_ = nullptr;
    alignas(std::max_align_t) std::byte storage_[inline_size];
};

class Rows;
using RowsHandler = AnyHandler<void(std::exception_ptr, Rows)>;

}
