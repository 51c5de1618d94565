#include "lib/session/meter.hpp"

#include <doctest/doctest.h>

using namespace coodie;
using namespace coodie::detail;
using namespace std::chrono_literals;

namespace {

Metrics metrics_of(std::initializer_list<const Meter*> meters)
{
    Metrics sums;
    for (const auto* meter : meters)
        meter->add_to(sums);
    complete(sums);
    return sums;
}

}

TEST_CASE("what was started has ended, waits or is in flight")
{
    const auto meter = std::make_unique<Meter>();
    meter->started.add(10);
    for (const auto latency : {1ms, 2ms, 3ms, 4ms})
        meter->ended(latency, {});
    meter->ended(10s, Error{errc::request_timeout, "late"});
    ++meter->queued;
    const auto metrics = metrics_of({meter.get()});
    CHECK(metrics.requests_started == 10);
    CHECK(metrics.requests_completed == 4);
    CHECK(metrics.requests_failed == std::map<errc, std::uint64_t>{{errc::request_timeout, 1}});
    CHECK(metrics.queued == 1);
    CHECK(metrics.in_flight == 4);
    CHECK(metrics.latency.count() == 5);
    CHECK(metrics.latency.sum == 10'010ms);
    CHECK(metrics.latency.mean() == 2'002ms);
}

TEST_CASE("a histogram's percentiles are right within a sixteenth")
{
    const auto meter = std::make_unique<Meter>();
    for (int us = 1; us <= 10'000; ++us)
        meter->ended(std::chrono::microseconds{us}, {});
    const auto latency = metrics_of({meter.get()}).latency;
    CHECK(latency.percentile(0) == 1us);
    CHECK(latency.percentile(50) >= 5'000us);
    CHECK(latency.percentile(50) <= 5'313us);
    CHECK(latency.percentile(99) >= 9'900us);
    CHECK(latency.percentile(100) >= 10'000us);
    CHECK(LatencyHistogram{}.percentile(99) == 0us);
    CHECK(LatencyHistogram{}.mean() == 0us);
}

TEST_CASE("a session's metrics are those of all its loops")
{
    const auto one = std::make_unique<Meter>();
    const auto other = std::make_unique<Meter>();
    for (auto* meter : {one.get(), other.get()}) {
        meter->connections.opened.add(3);
        ++meter->connections.lost;
        ++meter->connections.closed;
        meter->connections.bytes_sent.add(100);
        meter->attempts_failed.count(errc::overloaded);
    }
    const auto metrics = metrics_of({one.get(), other.get()});
    CHECK(metrics.connections_opened == 6);
    CHECK(metrics.connections_lost == 2);
    CHECK(metrics.connections_open == 2);
    CHECK(metrics.bytes_sent == 200);
    CHECK(metrics.attempts_failed.at(errc::overloaded) == 2);
}

TEST_CASE("a server that makes up codes fills no more than the slots there are")
{
    const auto meter = std::make_unique<Meter>();
    for (int code = 1; code <= 1'000; ++code)
        meter->requests_failed.count(static_cast<errc>(0x10000 + code));
    const auto metrics = metrics_of({meter.get()});
    CHECK(metrics.failures() == 1'000);
    CHECK(metrics.requests_failed.size() < 100);
    CHECK(metrics.requests_failed.at(errc{}) > 900);
}
