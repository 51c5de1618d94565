#include <coodie/random_numbers.hpp>
#include <coodie/speculative_execution.hpp>
#include <doctest/doctest.h>
#include <lib/policies/latency_window.hpp>
#include <thread>
#include <vector>

using namespace coodie;
using namespace std::chrono_literals;
using policies::LatencyWindow;
using Duration = SpeculativeExecutionPolicy::Duration;

namespace {

void answer(SpeculativeExecutionPolicy& policy, int times, Duration latency)
{
    for (int i = 0; i != times; ++i)
        policy.answered(latency);
}

/// 99 fast answers and a slow one, again and again.
void answer_mostly_fast(SpeculativeExecutionPolicy& policy, int hundreds)
{
    for (int i = 0; i != hundreds; ++i) {
        answer(policy, 99, 1ms);
        answer(policy, 1, 80ms);
    }
}

}

TEST_CASE("cpp-69: a constant delay lies before each execution, up to their number")
{
    const ConstantSpeculativeExecution policy{20ms, 3};
    CHECK(policy.next(1) == 20ms);
    CHECK(policy.next(2) == 20ms);
    CHECK_FALSE(policy.next(3));
    CHECK_FALSE(policy.next(4));
    CHECK(ConstantSpeculativeExecution{-1ms, 2}.next(1) == 0ms);
    CHECK_FALSE(ConstantSpeculativeExecution{1ms, 1}.next(1));
    CHECK_FALSE(ConstantSpeculativeExecution{1ms, 0}.next(1));
}

TEST_CASE("cpp-69: without speculation there is one execution")
{
    NoSpeculativeExecution policy;
    policy.answered(1s);
    CHECK_FALSE(policy.next(1));
}

TEST_CASE("nothing is speculated before enough answers came")
{
    PercentileSpeculativeExecution policy{{.at_least = 100}};
    CHECK_FALSE(policy.next(1));
    answer(policy, 99, 1ms);
    CHECK_FALSE(policy.next(1));
    answer(policy, 1, 1ms);
    CHECK(policy.next(1).has_value());
    CHECK_FALSE(policy.next(2));
}

TEST_CASE("what takes longer than the percentile of late is asked of another host")
{
    struct Example
    {
        double percentile;
        Duration least;
        Duration most;
    };
    const Example examples[] = {
        {50.0, 1ms, 1'063us}, {98.0, 1ms, 1'063us}, {99.5, 80ms, 85ms},
        {100.0, 80ms, 85ms},  {170.0, 80ms, 85ms},  {-3.0, 1ms, 1'063us},
    };
    for (const auto& example : examples) {
        CAPTURE(example.percentile);
        PercentileSpeculativeExecution policy{{.percentile = example.percentile}};
        answer_mostly_fast(policy, 50);
        REQUIRE(policy.next(1).has_value());
        CHECK(*policy.next(1) >= example.least);
        CHECK(*policy.next(1) <= example.most);
    }
}

TEST_CASE("latencies that lie a window back are forgotten")
{
    PercentileSpeculativeExecution policy{{.window = 1'000, .at_least = 10}};
    answer(policy, 2'000, 50ms);
    CHECK(*policy.next(1) >= 50ms);
    answer(policy, 1'100, 2ms);
    CHECK(*policy.next(1) < 3ms);
}

TEST_CASE("no delay is shorter than the shortest")
{
    PercentileSpeculativeExecution policy{{.at_least = 1, .shortest = 300us}};
    answer(policy, 500, 2us);
    CHECK(*policy.next(1) == 300us);
    PercentileSpeculativeExecution careless{{.at_least = 0, .shortest = -1us}};
    answer(careless, 500, 0us);
    CHECK(*careless.next(1) == 1us);
}

TEST_CASE("a latency's bucket is at most 1/16 too wide, and order is kept")
{
    RandomNumbers random{3};
    for (int i = 0; i != 20'000; ++i) {
        const Duration latency{static_cast<Duration::rep>(random() >> (28U + random.below(36)))};
        CAPTURE(latency.count());
        const auto bucket = LatencyHistogram::bucket_of(latency);
        const auto upper = LatencyHistogram::upper_bound(bucket);
        REQUIRE(upper >= latency);
        REQUIRE(upper - latency <= latency / 16);
        if (bucket != 0)
            REQUIRE(LatencyHistogram::upper_bound(bucket - 1) < latency);
    }
}

TEST_CASE("latencies beyond all buckets count in the last one, those below zero in the first")
{
    LatencyWindow window{100};
    CHECK(window.at(50) == 0us);
    CHECK(window.record(Duration::max()) == 1);
    CHECK(window.at(50) >= 18h);
    LatencyWindow past{100};
    past.record(Duration::min());
    CHECK(past.at(100) == 0us);
    for (const auto smallest : {0U, 1U})
        CHECK(LatencyWindow{smallest}.record(7us) == 1);
}

TEST_CASE("a percentile lies near the exact one")
{
    LatencyWindow window{20'000};
    for (int i = 1; i <= 10'000; ++i)
        window.record(Duration{i});
    for (const double percentile : {1.0, 50.0, 90.0, 99.0, 99.9, 100.0}) {
        CAPTURE(percentile);
        const auto found = static_cast<double>(window.at(percentile).count());
        CHECK(found >= percentile * 100);
        CHECK(found <= percentile * 100 * 17 / 16);
    }
}

TEST_CASE("answers are recorded on many threads at once")
{
    PercentileSpeculativeExecution policy{{.window = 512}};
    std::vector<std::thread> threads;
    for (int i = 0; i != 4; ++i)
        threads.emplace_back([&] {
            for (int j = 0; j != 20'000; ++j) {
                policy.answered(5ms);
                static_cast<void>(policy.next(1));
            }
        });
    for (auto& thread : threads)
        thread.join();
    CHECK(*policy.next(1) >= 5ms);
    CHECK(*policy.next(1) <= 5'400us);
}
