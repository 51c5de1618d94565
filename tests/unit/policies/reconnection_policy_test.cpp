#include "chi_squared.hpp"

#include <coodie/reconnection_policy.hpp>
#include <doctest/doctest.h>
#include <vector>

using namespace coodie;
using namespace std::chrono_literals;
using Delay = std::chrono::milliseconds;

namespace {

std::vector<Delay> delays(const ReconnectionPolicy& policy, std::uint64_t seed, int attempts)
{
    const auto schedule = policy.schedule(seed);
    std::vector<Delay> delays;
    for (int i = 0; i != attempts; ++i)
        delays.push_back(schedule->next());
    return delays;
}

}

TEST_CASE("cpp-51: the first attempt is made at once")
{
    for (std::uint64_t seed = 0; seed != 50; ++seed) {
        CHECK(ConstantReconnection{3s}.schedule(seed)->next() == 0ms);
        CHECK(ExponentialReconnection{}.schedule(seed)->next() == 0ms);
    }
}

TEST_CASE("a constant delay does not change")
{
    CHECK(delays(ConstantReconnection{250ms}, 1, 4) == std::vector<Delay>{0ms, 250ms, 250ms, 250ms});
    CHECK(delays(ConstantReconnection{0ms}, 1, 3) == std::vector<Delay>{0ms, 0ms, 0ms});
    CHECK(delays(ConstantReconnection{-5ms}, 1, 3) == std::vector<Delay>{0ms, 0ms, 0ms});
}

TEST_CASE("cpp-51: an exponential delay is any part of a limit that doubles until it is the longest")
{
    const ExponentialReconnection policy{100ms, 1'000ms};
    const Delay limits[] = {0ms, 100ms, 200ms, 400ms, 800ms, 1'000ms, 1'000ms, 1'000ms};
    std::vector<Delay> longest(8);
    for (std::uint64_t seed = 0; seed != 2'000; ++seed) {
        const auto made = delays(policy, seed, 8);
        for (std::size_t i = 0; i != 8; ++i) {
            REQUIRE(made[i] >= 0ms);
            REQUIRE(made[i] <= limits[i]);
            longest[i] = std::max(longest[i], made[i]);
        }
    }
    for (std::size_t i = 0; i != 8; ++i)
        CHECK(longest[i] >= limits[i] * 9 / 10);
}

TEST_CASE("cpp-51: every part of the limit is as likely as any other")
{
    const ExponentialReconnection policy{600ms, 600ms};
    std::vector<unsigned> parts(6);
    for (std::uint64_t seed = 0; seed != 6'000; ++seed)
        ++parts[static_cast<std::size_t>(std::min<Delay::rep>(delays(policy, seed, 2)[1] / 100ms, 5))];
    CHECK(chi_squared(parts) < chi_squared_limit(6));
}

TEST_CASE("cpp-51: schedules of two nodes are independent, and those of one seed equal")
{
    const ExponentialReconnection policy{1s, 1h};
    CHECK(delays(policy, 1, 20) == delays(policy, 1, 20));
    CHECK(delays(policy, 1, 20) != delays(policy, 2, 20));
    const auto one = policy.schedule(1);
    const auto other = policy.schedule(2);
    for (int i = 0; i != 10; ++i)
        one->next();
    CHECK(other->next() == 0ms);
    CHECK(other->next() <= 1s);
}

TEST_CASE("cpp-51: no number of attempts and no limit overflows a delay")
{
    struct Example
    {
        const char* name;
        Delay first;
        Delay longest;
        Delay limit;
    };
    const Example examples[] = {
        {"usual", 1s, 60s, 60s},
        {"longest that there is", 1ms, Delay::max(), Delay::max()},
        {"both", Delay::max(), Delay::max(), Delay::max()},
        {"longest is shorter than first", 500ms, 100ms, 500ms},
        {"nothing", 0ms, 0ms, 1ms},
        {"less than nothing", -5s, -10s, 1ms},
    };
    for (const auto& example : examples) {
        CAPTURE(example.name);
        const auto schedule = ExponentialReconnection{example.first, example.longest}.schedule(9);
        for (int i = 0; i != 500; ++i) {
            const auto delay = schedule->next();
            REQUIRE(delay >= 0ms);
            REQUIRE(delay <= example.limit);
        }
    }
}
