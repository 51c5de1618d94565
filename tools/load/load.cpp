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
    while (running_ != in_flight_) {
        ++running_;
        send();
    }
}

void Load::send()
{
    const auto number = next_++;
    if (number % 4 == 3)
        increment(number);
    else
        write(number);
}

void Load::write(std::int64_t number)
{
    writes_.submit();
    auto statement = statements_.write.bind(first_ + number, value_of(first_ + number));
    statement.options().consistency = coodie::Consistency::quorum;
    statement.options().idempotent = true;
    session_.async_execute(std::move(statement), [this, number](std::exception_ptr error, const coodie::Rows&) {
        if (!error) {
            acknowledged_.resize(std::max(acknowledged_.size(), static_cast<std::size_t>(number) + 1));
            acknowledged_[static_cast<std::size_t>(number)] = true;
        }
        ended(writes_, error);
    });
}

void Load::increment(std::int64_t number)
{
    increments_.submit();
    auto statement = statements_.increment.bind(first_ + number / 4 % counters);
    statement.options().consistency = coodie::Consistency::quorum;
    session_.async_execute(std::move(statement),
                           [this](std::exception_ptr error, const coodie::Rows&) { ended(increments_, error); });
}

void Load::ended(Account& account, const std::exception_ptr& error)
{
    if (error)
        account.fail(error);
    else {
        account.acknowledge();
        pace_.acknowledged(Clock::now());
    }
    if (stopped_)
        --running_;
    else
        send();
}

}
