#include "tests/error_of.hpp"
#include <coodie/exceptions.hpp>
#include <coodie/session.hpp>
#include <coodie/testing/fake_cluster.hpp>
#include <doctest/doctest.h>
#include <mutex>

// What a session agrees on with nodes that say more of themselves than CQL knows.

using namespace coodie;
using namespace coodie::testing;

namespace {

/// The warnings of a session.
class Warnings
{
public:
    LogSink sink()
    {
        return [this](LogLevel level, std::string_view line) {
            const std::lock_guard lock{mutex_};
            if (level == LogLevel::warning)
                lines_.emplace_back(line);
        };
    }
    std::size_t count(std::string_view text)
    {
        const std::lock_guard lock{mutex_};
        return static_cast<std::size_t>(std::count_if(
            lines_.begin(), lines_.end(), [&](const auto& line) { return line.find(text) != std::string::npos; }));
    }

private:
    std::mutex mutex_;
    std::vector<std::string> lines_;
};

}

TEST_CASE("every connection takes what a node of shards offers, and asks no other node for it")
{
    FakeCluster cluster{{.nodes = {{.shards = 1}, {}}}};
    auto session = Session::connect({.hosts = cluster.contact_points()});
    REQUIRE(cluster.await(requests(Opcode::startup).at(0)));
    REQUIRE(cluster.await(requests(Opcode::startup).at(1)));
    for (const auto& request : cluster.recorded(requests(Opcode::startup))) {
        CAPTURE(request.node);
        const bool offered = request.node == 0;
        CHECK(request.startup.count("TABLETS_ROUTING_V1") == offered);
        CHECK(request.startup.count("SCYLLA_RATE_LIMIT_ERROR") == offered);
        REQUIRE(request.startup.count("SCYLLA_LWT_ADD_METADATA_MARK") == offered);
        if (offered)
            CHECK(request.startup.at("SCYLLA_LWT_ADD_METADATA_MARK") == "LWT_OPTIMIZATION_META_BIT_MASK=2147483648");
    }
}

TEST_CASE("extensions that cannot be right are ignored with one warning, and the node is used")
{
    struct Example
    {
        const char* option;
        const char* value;
    };
    for (const auto& example :
         {Example{"SCYLLA_NR_SHARDS", "0"}, Example{"SCYLLA_NR_SHARDS", "65536"}, Example{"SCYLLA_NR_SHARDS", "-3"},
          Example{"SCYLLA_SHARD", "7"}, Example{"SCYLLA_SHARD", ""}, Example{"SCYLLA_SHARDING_IGNORE_MSB", "255"},
          Example{"SCYLLA_SHARDING_ALGORITHM", "by the moon"}, Example{"SCYLLA_PARTITIONER", "none"},
          Example{"SCYLLA_SHARD_AWARE_PORT", "99999"}, Example{"SCYLLA_LWT_ADD_METADATA_MARK", "8"},
          Example{"SCYLLA_RATE_LIMIT_ERROR", "ERROR_CODE=9472"}})
    {
        CAPTURE(example.option);
        CAPTURE(example.value);
        FakeCluster cluster{{.nodes = {{.supported = {{example.option, {example.value}}}, .shards = 4}}}};
        Warnings warnings;
        auto session = Session::connect(
            {.hosts = cluster.contact_points(), .connections_per_local_host = 3, .log = warnings.sink()});
        for (int n = 0; n < 10; ++n)
            CHECK_NOTHROW(session.execute(Statement{"SELECT"}));
        REQUIRE(cluster.await(requests(Opcode::startup), 4));
        session.close();
        CHECK(warnings.count("is ignored") == 1);
    }
}

TEST_CASE("sc-48 a rate limit error is its own exception with its fields, and is not tried again")
{
    FakeCluster cluster{{.nodes = {{.shards = 1}, {.shards = 1}}}};
    auto session = Session::connect({.hosts = cluster.contact_points()});
    cluster.on(Opcode::query).containing("busy").reply(error(errc::rate_limit, "too many", RateLimitFields{1, true}));
    Statement busy{"INSERT busy"};
    busy.options().idempotent = true;
    const auto refused = error_of([&] { session.execute(busy); });
    CHECK(refused.code() == errc::rate_limit);
    const auto* fields = std::get_if<RateLimitFields>(&refused.fields());
    REQUIRE(fields);
    CHECK(fields->operation == 1);
    CHECK(fields->rejected_by_coordinator);
    CHECK(cluster.count(requests(Opcode::query).containing("busy")) == 1);
}
