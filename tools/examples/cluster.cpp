// A session on a cluster: where requests go, what becomes of them when a node is slow or gone, and what was counted.

#include "shared.hpp"
#include <coodie/host.hpp>
#include <coodie/metrics.hpp>
#include <coodie/pages.hpp>
#include <coodie/policies.hpp>

using namespace coodie;
using namespace std::chrono_literals;

namespace {

void run()
{
    SessionOptions options{.hosts = hosts(), .consistency = Consistency::local_quorum};
    // Replicas of the row in the datacenter that was reached first; two hosts of another one if none is left there.
    options.load_balancing_policy =
        std::make_shared<DefaultLoadBalancingPolicy>(LoadBalancingOptions{.hosts_per_remote_datacenter = 2});
    options.speculative_execution_policy = std::make_shared<ConstantSpeculativeExecution>(100ms, 2);
    // A statement of this profile may be sent again, and goes to the next host if one is silent for so long.
    options.profiles.add("readings", {.attempt_timeout = 500ms, .idempotent = true});
    options.profiles.add("reports", {.consistency = Consistency::one, .request_timeout = 60s, .idempotent = true});
    options.log = [](LogLevel, std::string_view line) {
        std::fprintf(stderr, "%.*s\n", static_cast<int>(line.size()), line.data());
    };
    options.log_level = LogLevel::warning;
    auto session = Session::connect(options);

    session.execute("CREATE KEYSPACE IF NOT EXISTS coodie_cluster WITH replication = "
                    "{'class': 'SimpleStrategy', 'replication_factor': 1}");
    session.execute("CREATE TABLE IF NOT EXISTS coodie_cluster.readings (sensor text, at timestamp, value double, "
                    "PRIMARY KEY (sensor, at))"); // answered once all nodes have it

    const auto insert = session.prepare("INSERT INTO coodie_cluster.readings (sensor, at, value) VALUES (?, ?, ?)");
    for (int minute = 0; minute < 100; ++minute) {
        auto reading = insert.bind(std::string{"roof"}, Timestamp{std::chrono::minutes{minute}}, 20.5 + minute);
        session.execute(reading.profile("readings"));
    }

    Statement all{"SELECT at, value FROM coodie_cluster.readings WHERE sensor = ?", std::string{"roof"}};
    all.profile("reports").options().page_size = 40;
    std::size_t count = 0;
    for (const Rows& page : session.pages(all)) // the next page is on its way already
        count += page.size();
    std::printf("read: %zu readings\n", count);

    for (const auto& host : session.hosts())
        std::printf("host: %s in %s, Cassandra %s\n", host->address().c_str(), host->datacenter().c_str(),
                    host->release_version().c_str());
    const Metrics metrics = session.metrics();
    std::printf("counted: %llu requests, %llu failed; 99 of 100 within %lld us\n",
                static_cast<unsigned long long>(metrics.requests_completed),
                static_cast<unsigned long long>(metrics.failures()),
                static_cast<long long>(metrics.latency.percentile(99).count()));
    session.execute("DROP KEYSPACE coodie_cluster");
}

}

int main()
{
    return run_example("cluster", run);
}
