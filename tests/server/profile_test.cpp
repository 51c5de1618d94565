#include "ring.hpp"

#include <coodie/pool_state.hpp>
#include <future>

// Execution profiles: what a statement gets that names one.

using namespace coodie;
using namespace coodie::testing;
using namespace std::chrono_literals;

namespace {

/// Counts how often it is asked, and says no.
class CountingRetry final : public RetryPolicy
{
public:
    RetryDecision decide(const FailedAttempt& attempt) const override
    {
        ++asked;
        was_idempotent = attempt.idempotent;
        return {};
    }
    mutable std::atomic<int> asked{0};
    mutable std::atomic<bool> was_idempotent{false};
};

class FixedTimestamps final : public TimestampGenerator
{
public:
    explicit FixedTimestamps(std::int64_t timestamp) : timestamp_{timestamp} {}
    std::optional<std::int64_t> next() override { return timestamp_; }

private:
    std::int64_t timestamp_;
};

std::size_t open_connections(const Session& session, const std::string& address)
{
    std::size_t open = 0;
    for (const auto& pool : session.pool_state())
        open += pool.host->address() == address ? pool.open : 0;
    return open;
}

RecordedRequest only(const FakeCluster& cluster, const std::string& text)
{
    const auto seen = cluster.recorded(requests().containing(text));
    REQUIRE(seen.size() == 1);
    return seen.front();
}

SessionOptions options_with_profiles(const FakeCluster& cluster)
{
    auto options = options_for(cluster);
    options.profiles = {{"plain", {}},
                        {"reports",
                         {.consistency = Consistency::quorum,
                          .serial_consistency = Consistency::local_serial,
                          .page_size = 77,
                          .idempotent = true,
                          .tracing = true,
                          .timestamps = std::make_shared<FixedTimestamps>(4242)}}};
    return options;
}

std::shared_ptr<const LoadBalancingPolicy> only_address(const std::string& address)
{
    return std::make_shared<DefaultLoadBalancingPolicy>(LoadBalancingOptions{.allowed_addresses = {address}});
}

}

TEST_CASE("cpp-70: a profile's options come before the session's")
{
    FakeCluster cluster;
    auto session = Session::connect(options_with_profiles(cluster));
    session.execute(Statement{"SELECT own"});
    session.execute(Statement{"SELECT plain"}.profile("plain"));
    session.execute(Statement{"SELECT reports"}.profile("reports"));
    for (const auto* text : {"SELECT own", "SELECT plain"}) {
        const auto plain = only(cluster, text);
        CHECK(plain.consistency == Consistency::local_one);
        CHECK_FALSE(plain.serial_consistency);
        CHECK(plain.page_size == 5000);
        CHECK_FALSE(plain.tracing);
        CHECK(plain.timestamp > 1'000'000'000'000'000);
    }
    const auto reports = only(cluster, "SELECT reports");
    CHECK(reports.consistency == Consistency::quorum);
    CHECK(reports.serial_consistency == Consistency::local_serial);
    CHECK(reports.page_size == 77);
    CHECK(reports.tracing);
    CHECK(reports.timestamp == 4242);
}

TEST_CASE("cpp-70: a statement's own options come before its profile's")
{
    FakeCluster cluster;
    auto session = Session::connect(options_with_profiles(cluster));
    Statement statement{"SELECT special"};
    statement.profile("reports").options() = {.consistency = Consistency::all,
                                              .serial_consistency = Consistency::serial,
                                              .page_size = 5,
                                              .timestamp = 17,
                                              .tracing = false};
    session.execute(statement);
    const auto seen = only(cluster, "SELECT special");
    CHECK(seen.consistency == Consistency::all);
    CHECK(seen.serial_consistency == Consistency::serial);
    CHECK(seen.page_size == 5);
    CHECK(seen.timestamp == 17);
    CHECK_FALSE(seen.tracing);
}

TEST_CASE("cpp-70: batches and prepared statements have profiles, too")
{
    FakeCluster cluster;
    auto session = Session::connect(options_with_profiles(cluster));
    session.execute(Batch{.statements = {Statement{"INSERT batched"}}, .profile = "reports"});
    const auto prepared = session.prepare("SELECT prepared");
    session.execute(prepared.bind().profile("reports"));
    CHECK(only(cluster, "INSERT batched").consistency == Consistency::quorum);
    CHECK(only(cluster, "INSERT batched").timestamp == 4242);
    CHECK(cluster.recorded(requests(Opcode::execute)).at(0).consistency == Consistency::quorum);
}

TEST_CASE("cpp-70: an unknown profile is refused with the names of those that there are, and nothing is sent")
{
    FakeCluster cluster;
    auto session = Session::connect(options_with_profiles(cluster));
    const auto refused = [&](auto request) { return error_of([&] { session.execute(request); }); };
    const auto error = refused(Statement{"SELECT nothing"}.profile("report"));
    CHECK(error.code() == errc::configuration);
    CHECK(error.message() == "no execution profile is called 'report'; the session has 'plain', 'reports'");
    CHECK(refused(Batch{.statements = {"SELECT nothing"}, .profile = "x"}).code() == errc::configuration);
    CHECK(refused(Statement{"SELECT nothing", 1}.profile("Plain")).code() == errc::configuration);
    CHECK(cluster.count(requests().containing("nothing")) == 0);

    session = Session::connect(options_for(cluster));
    CHECK(refused(Statement{"SELECT nothing"}.profile("plain")).message() ==
          "no execution profile is called 'plain'; the session has none");
}

TEST_CASE("cpp-70: profiles that cannot be right are refused by connect")
{
    const auto refused = [](ExecutionProfiles profiles) {
        return error_of([&] { Session::connect({.profiles = std::move(profiles)}); });
    };
    CHECK(refused({{"", {}}}).message() == "session options: an execution profile has no name");
    CHECK(refused({{"a", {}}, {"a", {}}}).message() == "session options: two execution profiles are called 'a'");
    CHECK(refused({{"a", {.request_timeout = 0ms}}}).message() ==
          "session options: execution profile 'a': request_timeout is not above 0");
    CHECK(refused({{"a", {.attempt_timeout = 0ms}}}).code() == errc::configuration);
    CHECK(refused({{"a", {.page_size = 0}}}).code() == errc::configuration);
    CHECK(refused({{"a", {.serial_consistency = Consistency::one}}}).code() == errc::configuration);
}

TEST_CASE("cpp-70: a profile has time limits of its own")
{
    FakeCluster cluster{ring()};
    auto options = options_for(cluster);
    options.load_balancing_policy = std::make_shared<RoundRobinPolicy>();
    options.profiles.add("hasty", {.request_timeout = 50ms});
    options.profiles.add("impatient", {.attempt_timeout = 50ms, .idempotent = true});
    auto session = connect(cluster, options);
    cluster.on(Opcode::query).containing("silence").drop();
    cluster.on(Opcode::query).at(1).containing("one is silent").drop();
    const auto error = error_of([&] { session.execute(Statement{"SELECT silence"}.profile("hasty")); });
    CHECK(error.code() == errc::request_timeout);
    CHECK(error.message().find("within 50 ms") != std::string::npos);
    for (int n = 0; n < 3; ++n)
        CHECK_NOTHROW(session.execute(Statement{"SELECT one is silent"}.profile("impatient")));
    CHECK(cluster.count(requests().at(1).containing("one is silent")) == 1);
}

TEST_CASE("cpp-70: a profile decides about retries, and whether its statements are idempotent")
{
    FakeCluster cluster{ring()};
    const auto own = std::make_shared<CountingRetry>(), other = std::make_shared<CountingRetry>();
    auto options = options_for(cluster);
    options.retry_policy = own;
    options.profiles = {{"other", {.idempotent = true, .retry = other}}};
    auto session = Session::connect(options);
    cluster.on(Opcode::query).containing("bad").reply(error(errc::server_error, "no"));
    CHECK(code_of([&] { session.execute("SELECT bad"); }) == errc::server_error);
    CHECK(own->asked == 1);
    CHECK_FALSE(own->was_idempotent);
    CHECK(code_of([&] { session.execute(Statement{"SELECT bad"}.profile("other")); }) == errc::server_error);
    CHECK(own->asked == 1);
    CHECK(other->asked == 1);
    CHECK(other->was_idempotent);
    Statement harmful{"SELECT bad"};
    harmful.profile("other").options().idempotent = false;
    CHECK(code_of([&] { session.execute(harmful); }) == errc::server_error);
    CHECK_FALSE(other->was_idempotent);
}

TEST_CASE("cpp-70: a profile's requests go to the hosts of its own load balancing policy, white lists and black lists")
{
    FakeCluster cluster{ring()};
    auto options = options_for(cluster);
    options.load_balancing_policy = only_address(cluster.address(0));
    LoadBalancingOptions not_the_first;
    not_the_first.denied_addresses = {cluster.address(0)};
    options.profiles = {{"second", {.load_balancing = only_address(cluster.address(1))}},
                        {"others", {.load_balancing = std::make_shared<DefaultLoadBalancingPolicy>(not_the_first)}}};
    auto session = connect(cluster, options, {0});
    for (const auto node : {1U, 2U}) // connections to those that only profiles use
        until([&] { session.execute(idempotent("SELECT of theirs").profile("others")); },
              [&] { return cluster.count(requests().at(node).containing("of theirs")) != 0; });
    for (int n = 0; n < 30; ++n) {
        session.execute("SELECT own");
        session.execute(Statement{"SELECT second"}.profile("second"));
        session.execute(Statement{"SELECT others"}.profile("others"));
    }
    CHECK(counts(cluster, requests().containing("SELECT own")) == std::vector<std::size_t>{30, 0, 0});
    CHECK(counts(cluster, requests().containing("SELECT second")) == std::vector<std::size_t>{0, 30, 0});
    const auto others = counts(cluster, requests().containing("SELECT others"));
    CHECK(others[0] == 0);
    CHECK(others[1] > 0);
    CHECK(others[2] > 0);
}

TEST_CASE("cpp-70: requests of a profile whose hosts are down neither go elsewhere nor hold up the others")
{
    FakeCluster cluster{ring()};
    auto options = options_for(cluster);
    options.load_balancing_policy = only_address(cluster.address(0));
    options.reconnection_policy = std::make_shared<ConstantReconnection>(20ms);
    options.profiles = {{"second", {.load_balancing = only_address(cluster.address(1))}}};
    auto session = connect(cluster, options, {0});
    cluster.stop(1);
    until([&] { session.execute("SELECT own"); }, [&] { return open_connections(session, cluster.address(1)) == 0; });
    auto waits = std::async([&] { session.execute(idempotent("SELECT second").profile("second")); });
    for (int n = 0; n < 50; ++n)
        session.execute("SELECT own");
    CHECK(waits.wait_for(0s) == std::future_status::timeout);
    cluster.start(1);
    CHECK_NOTHROW(waits.get());
    CHECK(counts(cluster, requests().containing("SELECT second")) == std::vector<std::size_t>{0, 1, 0});
}

TEST_CASE("cpp-65: a profile's policy that does not fit the cluster is refused by connect")
{
    FakeCluster cluster;
    auto options = options_for(cluster);
    const LoadBalancingOptions elsewhere{.local_datacenter = "nowhere"};
    options.profiles = {{"away", {.load_balancing = std::make_shared<DefaultLoadBalancingPolicy>(elsewhere)}}};
    const auto error = error_of([&] { Session::connect(options); });
    CHECK(error.code() == errc::configuration);
    CHECK(error.message().find("nowhere") != std::string::npos);
}

TEST_CASE("cpp-70: a lightweight transaction is not asked again because its profile says that all may be")
{
    FakeCluster cluster{ring()};
    auto options = options_for(cluster);
    options.profiles.add("impatient", {.attempt_timeout = 50ms, .idempotent = true});
    auto session = connect(cluster, options);
    cluster.on(Opcode::query).containing("IF n = 2").drop();
    cluster.on(Opcode::query).containing("harmless").times(1).drop();
    const Statement lwt{"UPDATE ks.t SET n = 1 WHERE id = 1 IF n = 2"};
    CHECK(code_of([&] { session.execute(Statement{lwt}.profile("impatient")); }) == errc::request_timeout);
    CHECK(cluster.count(requests().containing("IF n = 2")) == 1);
    CHECK_NOTHROW(session.execute(Statement{"SELECT harmless"}.profile("impatient")));
}
