#pragma once

#include <coodie/driver.hpp>
#include <coodie/testing/rows.hpp>
#include <deque>
#include <mutex>

namespace coodie::testing {

/// What a MockDriver was asked for.
struct COODIE_API Request
{
    std::vector<Statement> statements; ///< one, or those of a batch
    std::optional<BatchType> batch = {};
    ExecuteOptions options = {}; ///< the statement's or the batch's

    const Statement& statement() const { return statements.front(); }
    std::string_view text() const { return statement().text(); }
    /// What was bound to the statement, decoded.
    std::vector<Value> values(std::size_t statement = 0) const;
};

/// A driver without a server: keeps what it is asked for, answers what it was told to, in order; after that, with no
/// rows. Without a loop it answers before execute returns; with one, later on that loop.
///     MockDriver driver;
///     driver.answer(rows({"id", "name"}, row(1, "Ann"))).fail(errc::unavailable, "two nodes are down");
/// Threads: any.
class COODIE_API MockDriver : public AbstractDriver
{
public:
    explicit MockDriver(std::string keyspace = "test", Loop loop = {});

    MockDriver& answer(Rows rows);
    MockDriver& fail(Error error);
    MockDriver& fail(errc code, std::string message) { return fail(Error{code, std::move(message)}); }

    std::vector<Request> requests() const;
    Request last_request() const; ///< Errors: InvalidQueryError when nothing was asked yet
    std::vector<std::string> texts() const;
    void forget_requests();
    bool is_closed() const;

private:
    struct Answer
    {
        std::exception_ptr error;
        Rows rows;
    };

    Loop do_loop() const override { return loop_; }
    void do_execute(Statement statement, RowsHandler handler) override;
    void do_execute_batch(Batch batch, RowsHandler handler) override;
    void do_close(AnyHandler<void(std::exception_ptr)> handler) override;
    std::string do_keyspace() const override;

    Answer next_answer(Request request);
    void respond(Answer answer, RowsHandler handler);
    template <class Completion> void when_due(Completion complete);

    const std::string keyspace_;
    const Loop loop_;
    mutable std::mutex mutex_; ///< of what follows
    std::vector<Request> requests_;
    std::deque<Answer> answers_;
    bool closed_ = false;
};

}
