#include "load.hpp"

#include <coodie/async.hpp>

namespace load {

Load::Load(coodie::Session session, const Statements& statements, std::int64_t first, std::size_t in_flight)
    : session_{std::move(session)}, statements_{statements}, first_{first}, in_flight_{in_flight}
{
}

void Load::start()
{
    pace_.start(Clock::now());
    while (running_ != in_flight_)
        if (++running_ % 4 == 0)
            increment();
        else
            write();
}

void Load::write()
{
    const auto number = next_++;
    writes_.submit();
    auto statement = statements_.write.bind(first_ + number, value_of(first_ + number));
    statement.options().consistency = coodie::Consistency::quorum;
    statement.options().idempotent = true;
    session_.async_execute(std::move(statement), [this, number](std::exception_ptr error, const coodie::Rows&) {
        if (!error) {
            acknowledged_.resize(std::max(acknowledged_.size(), static_cast<std::size_t>(number) + 1));
            acknowledged_[static_cast<std::size_t>(number)] = true;
        }
        if (ended(writes_, error))
            write();
    });
}

void Load::increment()
{
    auto statement = statements_.increment.bind(first_ + static_cast<std::int64_t>(increments_.submitted()) % counters);
    increments_.submit();
    statement.options().consistency = coodie::Consistency::quorum;
    session_.async_execute(std::move(statement), [this](std::exception_ptr error, const coodie::Rows&) {
        if (ended(increments_, error))
            increment();
    });
}

/// True: another one may be sent.
bool Load::ended(Account& account, const std::exception_ptr& error)
{
    if (error)
        account.fail(error);
    else {
        account.acknowledge();
        pace_.acknowledged(Clock::now());
    }
    if (stopped_)
        --running_;
    return !stopped_;
}

}
