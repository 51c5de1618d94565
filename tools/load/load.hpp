#pragma once

#include "account.hpp"
#include "pace.hpp"

#include <coodie/session.hpp>

namespace load {

struct Statements
{
    coodie::PreparedStatement write;
    coodie::PreparedStatement increment;
    coodie::PreparedStatement read;
};

/// Writes rows that nobody else writes, and increments counters, with so many requests in flight: every fourth of them
/// is an increment, and stays one, for these wait long where a server waits for another one. Rows are idempotent and
/// say so; increments are not. Threads: everything on the session's one loop.
class Load
{
public:
    static constexpr std::int64_t counters = 16;

    /// `first` is the id of this run's first row and counter.
    Load(coodie::Session session, const Statements& statements, std::int64_t first, std::size_t in_flight);

    void start();
    void stop() { stopped_ = true; }
    bool is_done() const { return stopped_ && running_ == 0; }

    const Account& writes() const { return writes_; }
    const Account& increments() const { return increments_; }
    Pace& pace() { return pace_; }
    const Pace& pace() const { return pace_; }
    /// By the number of the row.
    const std::vector<bool>& acknowledged() const { return acknowledged_; }
    static std::int64_t value_of(std::int64_t id) { return id * 31 + 7; }

private:
    void write();
    void increment();
    bool ended(Account& account, const std::exception_ptr& error);

    coodie::Session session_;
    const Statements& statements_;
    std::int64_t first_;
    std::size_t in_flight_;
    std::size_t running_ = 0;
    std::int64_t next_ = 0; ///< row
    bool stopped_ = false;
    Account writes_;
    Account increments_;
    Pace pace_;
    std::vector<bool> acknowledged_;
};

}
