#include "lib/driver/chain.hpp"

namespace coodie::detail {

/// Completes one statement, and passes a cancellation on to it.
struct Chain::Step
{
    std::shared_ptr<Chain> chain;

    static void complete(Step&& self, const Loop& loop, std::exception_ptr error, Rows rows)
    {
        const auto chain = std::move(self.chain);
        chain->take(loop, std::move(error), rows);
        if (chain->meet())
            chain->run();
    }
    static bool on_cancel(Step& self, Canceller canceller)
    {
        const std::lock_guard lock{self.chain->mutex_};
        self.chain->step_ = std::move(canceller);
        return true;
    }
};

Chain::Chain(std::shared_ptr<AbstractDriver> driver, Handler handler)
    : driver_{std::move(driver)}, handler_{std::move(handler)}, loop_{DriverAccess::loop(*driver_)}
{
}

Chain::~Chain() = default;

void Chain::start()
{
    if (handler_.cancellable())
        handler_.on_cancel(
            {weak_from_this(), 0, [](void* self, std::uint64_t) noexcept { static_cast<Chain*>(self)->cancel(); }});
    run();
}

/// A loop, not a recursion: a statement that completes before its start returns is followed here.
void Chain::run()
{
    do {
        auto statement = next_or_end();
        if (!statement)
            return handler_.complete(loop_, error_);
        waiting_for_.store(2, std::memory_order_relaxed);
        begin(std::move(*statement));
    } while (meet());
}

std::optional<Statement> Chain::next_or_end()
{
    error_ = why_to_end();
    return error_ ? std::nullopt : next();
}

/// What a driver throws is an answer too, the last one.
void Chain::begin(Statement statement) noexcept
{
    try {
        DriverAccess::start(*driver_, std::move(statement),
                            RowsHandler{std::in_place_type<Step>, Step{shared_from_this()}});
    } catch (...) {
        error_ = std::current_exception();
        waiting_for_.store(1, std::memory_order_relaxed);
    }
}

void Chain::take(const Loop& loop, std::exception_ptr error, const Rows& rows)
{
    loop_ = loop;
    error_ = std::move(error);
    try {
        if (!error_)
            answered(rows);
    } catch (...) {
        error_ = std::current_exception();
    }
}

/// True for the second of the two that must have happened: the start returned, the statement completed.
bool Chain::meet() noexcept
{
    return waiting_for_.fetch_sub(1, std::memory_order_acq_rel) == 1;
}

std::exception_ptr Chain::why_to_end()
{
    if (error_)
        return error_;
    const std::lock_guard lock{mutex_};
    return cancelled_ ? Error{errc::cancelled, "cancelled after " + progress()}.as_exception() : nullptr;
}

void Chain::cancel() noexcept
{
    Canceller step;
    {
        const std::lock_guard lock{mutex_};
        cancelled_ = true;
        step = step_;
    }
    step();
}

}
