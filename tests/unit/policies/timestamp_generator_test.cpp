#include <algorithm>
#include <coodie/timestamp_generator.hpp>
#include <doctest/doctest.h>
#include <thread>
#include <vector>

using namespace coodie;
using namespace std::chrono_literals;

namespace {

/// A clock in the test's hands, and what it was warned of.
struct Clock
{
    std::int64_t now = 1'000'000'000;
    std::vector<std::chrono::microseconds> warnings = {};

    MonotonicTimestampsOptions options()
    {
        return {.on_skew = [this](std::chrono::microseconds ahead) { warnings.push_back(ahead); },
                .clock = [this] { return now; }};
    }
};

}

TEST_CASE("cpp-43: a timestamp is the clock's time, or one more than the last one")
{
    Clock clock;
    MonotonicTimestamps timestamps{clock.options()};
    CHECK(timestamps.next() == 1'000'000'000);
    CHECK(timestamps.next() == 1'000'000'001);
    CHECK(timestamps.next() == 1'000'000'002);
    clock.now = 1'000'000'002;
    CHECK(timestamps.next() == 1'000'000'003);
    clock.now = 1'000'000'500;
    CHECK(timestamps.next() == 1'000'000'500);
    clock.now = 999'999'000;
    CHECK(timestamps.next() == 1'000'000'501);
    CHECK(clock.warnings.empty());
}

TEST_CASE("cpp-43: whoever runs ahead of the clock is told, once a second")
{
    Clock clock;
    MonotonicTimestamps timestamps{clock.options()};
    timestamps.next();
    clock.now -= 1'000'000;
    timestamps.next(); // one microsecond more than tolerated
    REQUIRE(clock.warnings.size() == 1);
    CHECK(clock.warnings[0] == 1'000'001us);
    for (int i = 0; i != 100; ++i)
        timestamps.next();
    clock.now += 999;
    timestamps.next();
    CHECK(clock.warnings.size() == 1);

    clock.now -= 100'000'000; // far behind the warning: time passes nevertheless
    timestamps.next();
    CHECK(clock.warnings.size() == 2);
    clock.now += 999'999;
    timestamps.next();
    CHECK(clock.warnings.size() == 2);
    clock.now += 1;
    timestamps.next();
    CHECK(clock.warnings.size() == 3);
}

TEST_CASE("cpp-43: a skew that is tolerated warns nobody")
{
    Clock clock;
    MonotonicTimestamps timestamps{clock.options()};
    timestamps.next();
    clock.now -= 999'999;
    timestamps.next();
    CHECK(clock.warnings.empty());
    MonotonicTimestamps deaf{{.clock = [&] { return clock.now -= 5'000'000; }}};
    const auto earlier = deaf.next();
    CHECK(earlier < deaf.next());
}

TEST_CASE("cpp-43: no two threads get the same timestamp, and none an earlier one than before")
{
    MonotonicTimestamps timestamps;
    constexpr std::size_t each = 20'000;
    std::vector<std::vector<std::int64_t>> given(4);
    std::vector<std::thread> threads;
    for (auto& mine : given)
        threads.emplace_back([&] {
            for (std::size_t i = 0; i != each; ++i)
                mine.push_back(*timestamps.next());
        });
    for (auto& thread : threads)
        thread.join();
    std::vector<std::int64_t> all;
    for (const auto& mine : given) {
        CHECK(std::ranges::is_sorted(mine));
        all.insert(all.end(), mine.begin(), mine.end());
    }
    std::ranges::sort(all);
    CHECK(std::ranges::adjacent_find(all) == all.end());
    CHECK(all.size() == 4 * each);
}

TEST_CASE("cpp-43: the system's clock counts microseconds since 1970")
{
    const auto before =
        std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::system_clock::now().time_since_epoch())
            .count();
    const auto timestamp = *MonotonicTimestamps{}.next();
    CHECK(timestamp >= before);
    CHECK(timestamp < before + 60'000'000);
}

TEST_CASE("the server's timestamps are none of ours")
{
    CHECK_FALSE(ServerSideTimestamps{}.next());
}
