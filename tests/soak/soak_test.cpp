#define DOCTEST_CONFIG_IMPLEMENT
#include "faults.hpp"
#include "footprint.hpp"
#include "load.hpp"
#include "reads.hpp"

#include <coodie/metrics.hpp>
#include <coodie/policies.hpp>
#include <cstdio>
#include <cstdlib>
#include <doctest/doctest.h>

using namespace coodie;
using namespace coodie::testing;
using namespace std::chrono_literals;
using soak::Footprint;
using Clock = std::chrono::steady_clock;

namespace {

struct Words
{
    int seconds = 0;
    std::uint64_t seed = 0;
} words;

constexpr int askers = 4, loops = 2;
constexpr std::size_t all_connections = 3 * loops + 1; ///< one for control
constexpr auto period = 1s;
/// More than this after the warm-up is a leak. Sanitizers keep what was freed.
constexpr std::size_t most_growth = 16U << 20U;
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool memory_tells = false;
#elif defined(__has_feature)
constexpr bool memory_tells = !__has_feature(address_sanitizer) && !__has_feature(thread_sanitizer);
#else
constexpr bool memory_tells = true;
#endif

FakeClusterOptions three_nodes()
{
    return {.nodes = 3,
            .schema = {FakeKeyspace::simple("soak", 3)},
            .recorded = 1'000,
            .seed = static_cast<std::uint32_t>(words.seed)};
}

void answer_statements(FakeCluster& cluster, soak::Writes& writes)
{
    cluster.prime(soak::Reads::statement());
    cluster.prime(soak::Writes::statement());
    cluster.on(Opcode::query).containing(soak::Load::slow).after(1ms, 40ms);
    cluster.on(Opcode::execute).containing(soak::Reads::text).reply(&soak::Reads::answer);
    cluster.watch([&](const RecordedRequest& request) { writes.seen(request); });
}

SessionOptions options_for(const FakeCluster& cluster)
{
    SessionOptions options{.hosts = cluster.contact_points(), .request_timeout = 2s, .threads = loops};
    options.reconnection_policy = std::make_shared<ExponentialReconnection>(20ms, 500ms);
    options.silence_timeout = 500ms;
    options.connect_timeout = 1s;
    options.log = [](LogLevel, std::string_view) {};
    return options;
}

template <class Condition> bool becomes_true(const Condition& condition, std::chrono::seconds timeout)
{
    for (const auto end = Clock::now() + timeout; !condition(); std::this_thread::sleep_for(5ms))
        if (Clock::now() >= end)
            return false;
    return true;
}

/// A fault every second, which ends before the next one; after a third of the time the process is warm.
Footprint run_faults(soak::Faults& faults)
{
    const auto begin = Clock::now();
    const auto rounds = words.seconds / period.count();
    Footprint warm;
    for (int round = 0; round < rounds; ++round) {
        std::printf("  %3d s  %s\n", static_cast<int>(round * period.count()), faults.begin().c_str());
        std::fflush(stdout);
        std::this_thread::sleep_until(begin + round * period + period * 3 / 4);
        faults.end();
        std::this_thread::sleep_until(begin + (round + 1) * period);
        if (round == rounds / 3)
            warm = Footprint::now();
    }
    return warm;
}

}

TEST_CASE("cpp-34, sc-60: while something fails every second each request ends once, no write is sent twice or lost, "
          "and nothing grows")
{
    std::printf("%d s, a fault every second, seed %llu\n", words.seconds, static_cast<unsigned long long>(words.seed));
    soak::Writes writes;
    FakeCluster cluster{three_nodes()};
    answer_statements(cluster, writes);
    const auto before = Footprint::now();
    auto session = Session::connect(options_for(cluster));
    REQUIRE(becomes_true([&] { return cluster.connections() == all_connections; }, 10s));
    const auto connected = Footprint::now();
    soak::Load load{session, writes, words.seed, askers};
    soak::Faults faults{cluster, words.seed};
    const auto warm = run_faults(faults);
    faults.remove_added();
    CHECK(becomes_true([&] { return cluster.connections() == all_connections; }, 20s));
    CHECK(becomes_true([&] { return Footprint::now().descriptors == connected.descriptors; }, 10s));
    const auto loaded = Footprint::now();
    session.close(); // with what is on its way
    load.stop();
    CHECK(becomes_true([&] { return load.account().is_settled(); }, 20s));
    const auto metrics = session.metrics();
    session = Session{}; // its threads go with the last handle
    CHECK(becomes_true([&] { return cluster.connections() == 0; }, 10s));
    const auto is_as_before = [&] {
        const auto now = Footprint::now();
        return now.descriptors == before.descriptors && now.threads == before.threads;
    };
    CHECK(becomes_true(is_as_before, 10s));
    const auto after = Footprint::now();
    std::printf("ledger: %s\n", load.account().to_string().c_str());
    std::printf(
        "writes: %lld begun, %lld sent twice, %lld acknowledged and not sent; %llu wrong answers, %llu wrong views\n",
        static_cast<long long>(writes.begun()), static_cast<long long>(writes.seen_twice()),
        static_cast<long long>(writes.acknowledged_unseen()), static_cast<unsigned long long>(load.wrong_answers()),
        static_cast<unsigned long long>(load.wrong_views()));
    std::printf("before: %s\nwarm:   %s\nend:    %s\nclosed: %s\n", before.to_string().c_str(),
                warm.to_string().c_str(), loaded.to_string().c_str(), after.to_string().c_str());
    CHECK(load.account().ended_twice() == 0);
    CHECK(load.account().dropped() == 0);
    CHECK(load.account().failed_by(errc::unprepared) == 0);
    CHECK(metrics.requests_started == metrics.requests_completed + metrics.failures());
    CHECK(metrics.in_flight == 0);
    CHECK(metrics.queued == 0);
    CHECK(load.account().completed() > load.account().submitted() / 4);
    CHECK(writes.begun() < soak::Writes::most);
    CHECK(writes.seen_twice() == 0);
    CHECK(writes.acknowledged_unseen() == 0);
    CHECK(load.wrong_answers() == 0);
    CHECK(load.wrong_views() == 0);
    CHECK((!memory_tells || loaded.resident <= warm.resident + most_growth));
    CHECK(loaded.threads == connected.threads + askers);
}

namespace {

/// The number behind a word of the command line: "--seconds", "60".
std::uint64_t number_after(const char* word, int argc, char** argv, std::uint64_t otherwise)
{
    for (int n = 1; n + 1 < argc; ++n)
        if (std::string_view{argv[n]} == word)
            return std::strtoull(argv[n + 1], nullptr, 10);
    return otherwise;
}

}

/// soak [--seconds N] [--seed N]
int main(int argc, char** argv)
{
    words.seconds = static_cast<int>(number_after("--seconds", argc, argv, 10));
    words.seed = number_after("--seed", argc, argv, std::random_device{}());
    doctest::Context context;
    return context.run();
}
