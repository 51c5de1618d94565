#pragma once

#include <atomic>
#include <coodie/driver.hpp>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace coodie::detail {

/// Statements that run one after the other, kept alive by the one under way; the first error ends it, and so does a
/// cancellation. Keeps the driver. Calls its handler once, whatever the driver does.
class Chain : public std::enable_shared_from_this<Chain>
{
public:
    using Handler = AnyHandler<void(std::exception_ptr)>;

    virtual ~Chain();
    void start();

protected:
    Chain(std::shared_ptr<AbstractDriver> driver, Handler handler);

private:
    struct Step;

    /// What runs next; nothing: it is done.
    virtual std::optional<Statement> next() = 0;
    /// Looks at what the last one was answered. May throw, which ends it.
    virtual void answered(const Rows& rows) = 0;
    virtual std::string progress() const = 0; ///< "2 of 3 statements"

    void run();
    std::optional<Statement> next_or_end();
    void begin(Statement statement) noexcept;
    void take(const Loop& loop, std::exception_ptr error, const Rows& rows);
    bool meet() noexcept;
    std::exception_ptr why_to_end();
    void cancel() noexcept;

    std::shared_ptr<AbstractDriver> driver_;
    Handler handler_;
    Loop loop_;
    std::exception_ptr error_;
    std::atomic<int> waiting_for_{0};
    std::mutex mutex_; ///< of what follows
    bool cancelled_ = false;
    Canceller step_;
};

}
