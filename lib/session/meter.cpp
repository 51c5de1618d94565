#include "lib/session/meter.hpp"

namespace coodie::detail {

void ErrorCounters::count(errc code) noexcept
{
    for (auto& slot : slots_) {
        if (slot.code.load(std::memory_order_relaxed) == errc{})
            slot.code.store(code, std::memory_order_relaxed);
        if (slot.code.load(std::memory_order_relaxed) == code)
            return ++slot.count;
    }
    ++others_;
}

void ErrorCounters::add_to(std::map<errc, std::uint64_t>& sums) const
{
    for (const auto& slot : slots_)
        if (const auto count = slot.count.value())
            sums[slot.code.load(std::memory_order_relaxed)] += count;
    if (const auto count = others_.value())
        sums[errc{}] += count;
}

void Meter::add_to(Metrics& sums) const
{
    sums.queued += queued.value();
    for (std::size_t i = 0; i != latency.size(); ++i)
        sums.latency.counts[i] += latency[i].value();
    sums.latency.sum += LatencyHistogram::Duration{latency_sum.value()};
    requests_failed.add_to(sums.requests_failed);
    attempts_failed.add_to(sums.attempts_failed);
    sums.requests_started += started.value();
    sums.retries += retries.value();
    sums.speculative_executions += speculative_executions.value();
    sums.prepares += prepares.value();
    sums.reprepares += reprepares.value();
    sums.given_up += connections.given_up.value();
    sums.late_answers += connections.late_answers.value();
    sums.connections_lost += connections.lost.value();
    sums.connections_open -= connections.lost.value() + connections.closed.value();
    sums.connections_opened += connections.opened.value();
    sums.connections_open += connections.opened.value();
    sums.connections_failed += connections.failed.value();
    sums.bytes_sent += connections.bytes_sent.value();
    sums.bytes_received += connections.bytes_received.value();
}

namespace {

/// What was read a little apart is never below 0.
std::uint64_t difference(std::uint64_t a, std::uint64_t b) noexcept
{
    return a - std::min(a, b);
}

}

void complete(Metrics& sums) noexcept
{
    const auto ended = sums.latency.count();
    sums.requests_completed = difference(ended, sums.failures());
    sums.in_flight = difference(sums.requests_started, ended + sums.queued);
}

}
