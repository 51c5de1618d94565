#pragma once

#include <coodie/host.hpp>
#include <functional>
#include <map>
#include <mutex>
#include <vector>

namespace coodie::detail {

/// Which hosts were told of the session's prepared statements since they were lost, and who tells: one loop for all.
/// Threads: any; whoever waits is told outside the lock.
class PreparedHosts
{
public:
    enum class Step : std::uint8_t
    {
        none,  ///< it was told
        begin, ///< this loop tells it, and says when it has, by `end`
        wait,  ///< another loop does
    };
    using Told = std::function<void()>;

    /// A loop has its first connection to the host.
    Step reach(HostIndex host, std::size_t loop, Told told);
    void end(HostIndex host);
    /// A loop has none any more.
    void lose(HostIndex host, std::size_t loop);

private:
    struct Record
    {
        /// How often the host had been told when a loop reached it: that it loses what it reached before the last time
        /// is no news.
        std::map<std::size_t, unsigned> loops;
        unsigned times = 0;
        bool is_told = false;
        bool is_pending = false;
        bool is_lost = false; ///< while it was told
        std::vector<Told> waiting;
    };

    std::mutex mutex_;
    std::map<HostIndex, Record> records_;
};

}
