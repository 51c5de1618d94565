#include <atomic>
#include <coodie/driver.hpp>
#include <mutex>

namespace coodie::detail {

namespace {

/// Statements that run one after the other, kept alive by the one under way.
class Sequence : public std::enable_shared_from_this<Sequence>
{
public:
    using Handler = AnyHandler<void(std::exception_ptr)>;

    Sequence(AbstractDriver& driver, std::vector<Statement> statements, Handler handler)
        : driver_{driver}, statements_{std::move(statements)}, handler_{std::move(handler)}
    {
    }

    void start()
    {
        if (handler_.cancellable())
            handler_.on_cancel({weak_from_this(), 0,
                                [](void* self, std::uint64_t) noexcept { static_cast<Sequence*>(self)->cancel(); }});
        run();
    }

private:
    /// Completes one statement, and passes a cancellation on to it.
    struct Step
    {
        std::shared_ptr<Sequence> sequence;

        static void complete(Step&& self, const Loop& loop, std::exception_ptr error, Rows)
        {
            const auto sequence = std::move(self.sequence);
            sequence->loop_ = loop;
            sequence->error_ = std::move(error);
            if (sequence->meet())
                sequence->run();
        }
        static bool on_cancel(Step& self, Canceller canceller)
        {
            const std::lock_guard lock{self.sequence->mutex_};
            self.sequence->step_ = std::move(canceller);
            return true;
        }
    };

    /// A loop, not a recursion: a statement that completes before its start returns is followed here.
    void run()
    {
        do {
            if (const auto error = why_to_end(); error || next_ == statements_.size())
                return handler_.complete(loop_, error);
            waiting_for_.store(2, std::memory_order_relaxed);
            DriverAccess::start(driver_, std::move(statements_[next_++]),
                                RowsHandler{std::in_place_type<Step>, Step{shared_from_this()}});
        } while (meet());
    }

    /// True for the second of the two that must have happened: the start returned, the statement completed.
    bool meet() noexcept { return waiting_for_.fetch_sub(1, std::memory_order_acq_rel) == 1; }

    std::exception_ptr why_to_end()
    {
        if (error_)
            return error_;
        const std::lock_guard lock{mutex_};
        if (!cancelled_)
            return nullptr;
        return Error{errc::cancelled, "cancelled after " + std::to_string(next_) + " of " +
                                          std::to_string(statements_.size()) + " statements"}
            .as_exception();
    }

    void cancel() noexcept
    {
        Canceller step;
        {
            const std::lock_guard lock{mutex_};
            cancelled_ = true;
            step = step_;
        }
        step();
    }

    AbstractDriver& driver_;
    std::vector<Statement> statements_;
    std::size_t next_ = 0;
    Handler handler_;
    Loop loop_ = DriverAccess::loop(driver_);
    std::exception_ptr error_;
    std::atomic<int> waiting_for_{0};
    std::mutex mutex_; ///< of what follows
    bool cancelled_ = false;
    Canceller step_;
};

}

void DriverAccess::start_all(AbstractDriver& driver, std::vector<Statement> statements,
                             AnyHandler<void(std::exception_ptr)> handler)
{
    std::make_shared<Sequence>(driver, std::move(statements), std::move(handler))->start();
}

}
