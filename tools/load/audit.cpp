#include "audit.hpp"

#include <coodie/async.hpp>

namespace load {

Audit::Audit(coodie::Session session, const Statements& statements, std::int64_t first,
             const std::vector<bool>& acknowledged)
    : session_{std::move(session)}, statements_{statements}, first_{first}, acknowledged_{acknowledged}
{
}

void Audit::start(std::size_t in_flight)
{
    for (running_ = in_flight; in_flight != 0; --in_flight)
        next();
}

void Audit::next()
{
    while (at_ != acknowledged_.size() && !acknowledged_[at_])
        ++at_;
    if (at_ == acknowledged_.size())
        --running_;
    else
        read(first_ + static_cast<std::int64_t>(at_++), 1);
}

void Audit::read(std::int64_t id, int tries)
{
    auto statement = statements_.read.bind(id);
    statement.options().consistency = coodie::Consistency::quorum;
    statement.options().idempotent = true;
    session_.async_execute(std::move(statement), [this, id, tries](std::exception_ptr error, const coodie::Rows& rows) {
        if (error && tries != most_tries)
            return read(id, tries + 1);
        if (error)
            failed_.fail(error);
        else
            answered(id, rows);
        next();
    });
}

void Audit::answered(std::int64_t id, const coodie::Rows& rows)
{
    if (!rows.empty() && rows.front()["value"].as<std::int64_t>() == Load::value_of(id))
        ++found_;
    else
        ++lost_;
}

std::int64_t count_increments(coodie::Session& session, const std::string& keyspace, std::int64_t first)
{
    std::int64_t sum = 0;
    for (std::int64_t i = 0; i != Load::counters; ++i) {
        coodie::Statement read{"SELECT hits FROM " + keyspace + ".counters WHERE id = ?", first + i};
        read.options().consistency = coodie::Consistency::quorum;
        read.options().idempotent = true;
        const auto rows = session.execute(read);
        if (!rows.empty())
            sum += rows.front()["hits"].as<std::int64_t>();
    }
    return sum;
}

}
