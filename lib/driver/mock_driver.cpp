#include <coodie/async.hpp>
#include <coodie/testing/mock_driver.hpp>

namespace coodie::testing {

std::vector<Value> Request::values(std::size_t statement) const
{
    const auto& asked = statements.at(statement);
    if (const auto* extras = asked.extras(); extras && extras->has_values)
        return extras->values;
    std::vector<Value> decoded;
    for (std::size_t i = 0; i != asked.types().size(); ++i) {
        const auto cell = asked.values().at(i);
        const auto type = asked.types()[i];
        decoded.push_back(type ? decode(cell, type()).value() : Value{unset});
    }
    return decoded;
}

MockDriver::MockDriver(std::string keyspace, Loop loop) : keyspace_{std::move(keyspace)}, loop_{std::move(loop)} {}

MockDriver& MockDriver::answer(Rows rows)
{
    const std::lock_guard lock{mutex_};
    answers_.push_back({{}, std::move(rows)});
    return *this;
}

MockDriver& MockDriver::fail(Error error)
{
    const std::lock_guard lock{mutex_};
    answers_.push_back({error.as_exception(), {}});
    return *this;
}

std::vector<Request> MockDriver::requests() const
{
    const std::lock_guard lock{mutex_};
    return requests_;
}

Request MockDriver::last_request() const
{
    const std::lock_guard lock{mutex_};
    if (requests_.empty())
        Error{errc::invalid_query, "MockDriver: nothing was asked yet"}.raise();
    return requests_.back();
}

std::vector<std::string> MockDriver::texts() const
{
    std::vector<std::string> all;
    for (const auto& request : requests())
        for (const auto& statement : request.statements)
            all.emplace_back(statement.text());
    return all;
}

void MockDriver::forget_requests()
{
    const std::lock_guard lock{mutex_};
    requests_.clear();
}

bool MockDriver::is_closed() const
{
    const std::lock_guard lock{mutex_};
    return closed_;
}

void MockDriver::do_execute(Statement statement, RowsHandler handler)
{
    Request request;
    request.options = statement.options();
    request.statements.push_back(std::move(statement));
    respond(next_answer(std::move(request)), std::move(handler));
}

void MockDriver::do_execute_batch(Batch batch, RowsHandler handler)
{
    respond(next_answer({std::move(batch.statements), batch.type, batch.options}), std::move(handler));
}

void MockDriver::do_close(AnyHandler<void(std::exception_ptr)> handler)
{
    {
        const std::lock_guard lock{mutex_};
        closed_ = true;
    }
    when_due([loop = loop_, handler = std::move(handler)]() mutable { handler.complete(loop, nullptr); });
}

std::string MockDriver::do_keyspace() const
{
    return keyspace_;
}

MockDriver::Answer MockDriver::next_answer(Request request)
{
    const std::lock_guard lock{mutex_};
    if (closed_)
        return {Error{errc::closed, "MockDriver: closed"}.as_exception(), {}};
    requests_.push_back(std::move(request));
    if (answers_.empty())
        return {};
    auto answer = std::move(answers_.front());
    answers_.pop_front();
    return answer;
}

void MockDriver::respond(Answer answer, RowsHandler handler)
{
    when_due([loop = loop_, answer = std::move(answer), handler = std::move(handler)]() mutable {
        handler.complete(loop, std::move(answer.error), std::move(answer.rows));
    });
}

template <class Completion> void MockDriver::when_due(Completion complete)
{
    if (loop_)
        asio::require(detail::executor_of(loop_), asio::execution::blocking.never).execute(std::move(complete));
    else
        complete();
}

}
