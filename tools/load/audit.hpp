#pragma once

#include "load.hpp"

namespace load {

/// Reads every acknowledged row back, several at a time. Threads: everything on the session's one loop.
class Audit
{
public:
    Audit(coodie::Session session, const Statements& statements, std::int64_t first,
          const std::vector<bool>& acknowledged);

    void start(std::size_t in_flight);
    bool is_done() const { return running_ == 0; }

    std::uint64_t found() const { return found_; }
    std::uint64_t lost() const { return lost_; }        ///< not there, or with another value
    const Account& failures() const { return failed_; } ///< could not be read, again and again

private:
    static constexpr int most_tries = 5;

    void next();
    void read(std::int64_t id, int tries);
    void answered(std::int64_t id, const coodie::Rows& rows);

    coodie::Session session_;
    const Statements& statements_;
    std::int64_t first_;
    const std::vector<bool>& acknowledged_;
    std::size_t at_ = 0;
    std::size_t running_ = 0;
    std::uint64_t found_ = 0;
    std::uint64_t lost_ = 0;
    Account failed_;
};

/// The sum of this run's counters.
std::int64_t count_increments(coodie::Session& session, const std::string& keyspace, std::int64_t first);

}
