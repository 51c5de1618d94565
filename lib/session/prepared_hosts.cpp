#include "lib/session/prepared_hosts.hpp"

#include <utility>

namespace coodie::detail {

PreparedHosts::Step PreparedHosts::reach(HostIndex host, std::size_t loop, Told told)
{
    const std::lock_guard lock{mutex_};
    auto& record = records_[host];
    const bool begins = !record.is_told && !record.is_pending;
    record.times += begins ? 1 : 0;
    record.loops[loop] = record.times;
    if (begins) {
        record.is_pending = true;
        return Step::begin;
    }
    if (!record.is_pending)
        return Step::none;
    record.waiting.push_back(std::move(told));
    return Step::wait;
}

void PreparedHosts::end(HostIndex host)
{
    std::vector<Told> waiting;
    {
        const std::lock_guard lock{mutex_};
        auto& record = records_[host];
        record.is_pending = false;
        record.is_told = !std::exchange(record.is_lost, false);
        waiting.swap(record.waiting);
    }
    for (const auto& told : waiting)
        told();
}

void PreparedHosts::lose(HostIndex host, std::size_t loop)
{
    const std::lock_guard lock{mutex_};
    const auto found = records_.find(host);
    if (found == records_.end())
        return;
    auto& record = found->second;
    const auto reached = record.loops.find(loop);
    if (reached == record.loops.end())
        return;
    if (reached->second == record.times) {
        record.is_told = false;
        record.is_lost = record.is_pending;
    }
    record.loops.erase(reached);
}

}
