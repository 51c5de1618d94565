#include "speculating.hpp"

// The same asked of several hosts at once: the first answer counts, the others are for nobody.

using namespace coodie;
using namespace coodie::testing;
using namespace std::chrono_literals;

namespace {

/// Asks the next host after a delay, and keeps what it is told.
class Observed final : public SpeculativeExecutionPolicy
{
public:
    explicit Observed(Duration delay, unsigned most) : delay_{delay}, most_{most} {}
    std::optional<Duration> next(unsigned started) const override
    {
        return started < most_ ? std::optional{delay_} : std::nullopt;
    }
    void answered(Duration latency) noexcept override
    {
        ++answers;
        longest = std::max(longest.load(), latency.count());
    }
    std::atomic<int> answers{0};
    std::atomic<Duration::rep> longest{0};

private:
    Duration delay_;
    unsigned most_;
};

std::size_t count(const FakeCluster& cluster, const std::string& text)
{
    return cluster.count(requests().containing(text));
}

}

TEST_CASE("cpp-69, sc-44: when a host is slow another one is asked, and its answer counts")
{
    FakeCluster cluster{ring()};
    auto session = connect(cluster, speculating(cluster));
    cluster.prime("SELECT slow", rows({"n"}, row(7)));
    cluster.on(Opcode::query).containing("slow").times(1).drop();
    const auto found = session.execute(idempotent("SELECT slow"));
    CHECK(value(found) == 7);
    const auto seen = cluster.recorded(requests().containing("slow"));
    REQUIRE(seen.size() == 2);
    CHECK(seen[0].node != seen[1].node);
    CHECK(seen[1].at - seen[0].at >= 10ms); // 20 ms, less what the first one took to be read
    CHECK(seen[0].timestamp == seen[1].timestamp);
}

TEST_CASE("cpp-69: a host that answers in time is the only one that is asked")
{
    FakeCluster cluster{ring()};
    auto session = connect(cluster, speculating(cluster, 5s, 3));
    for (int n = 0; n < 20; ++n)
        session.execute(idempotent("SELECT fast"));
    CHECK(count(cluster, "fast") == 20);
}

TEST_CASE("cpp-69, sc-44: no host is asked twice, and not more of them than the policy says")
{
    FakeCluster cluster{ring()};
    const auto asked_by = [&](unsigned most, std::chrono::milliseconds delay) {
        cluster.remove_rules();
        auto session = connect(cluster, speculating(cluster, delay, most));
        cluster.on(Opcode::query).containing("nobody").drop();
        cluster.forget_requests();
        auto statement = idempotent("SELECT nobody");
        statement.options().timeout = 300ms;
        const auto error = error_of([&] { session.execute(statement); });
        CHECK(error.code() == errc::request_timeout);
        CHECK(error.attempts().size() == count(cluster, "nobody"));
        for (const auto times : counts(cluster, requests().containing("nobody")))
            CHECK(times <= 1);
        return count(cluster, "nobody");
    };
    CHECK(asked_by(1, 20ms) == 1);
    CHECK(asked_by(2, 20ms) == 2);
    CHECK(asked_by(9, 20ms) == 3);
    CHECK(asked_by(9, 0ms) == 3);
    CHECK(asked_by(9, 1'000ms) == 1);
}

TEST_CASE("cpp-69: only what may be repeated is asked twice, transactions only if their own statement says so")
{
    FakeCluster cluster{ring()};
    auto options = speculating(cluster, 0ms, 3);
    options.profiles = {{"harmless", {.idempotent = true}}};
    auto session = connect(cluster, options);
    const std::string lwt = "UPDATE ks.t SET n = 1 WHERE id = 1 IF n = 2";
    Statement harmful = idempotent("SELECT harmful");
    harmful.profile("harmless").options().idempotent = false;
    session.execute("SELECT plain");
    session.execute(harmful);
    session.execute(Statement{lwt}.profile("harmless"));
    session.execute(Batch{.statements = {Statement{lwt + " AND id = 3"}}, .profile = "harmless"});
    session.execute(Batch{.statements = {Statement{"INSERT one by one"}}});
    CHECK(count(cluster, "plain") == 1);
    CHECK(count(cluster, "harmful") == 1);
    CHECK(count(cluster, "IF n = 2") == 2);
    CHECK(count(cluster, "one by one") == 1);

    session.execute(Statement{"SELECT harmless"}.profile("harmless"));
    session.execute(idempotent(lwt + " AND id = 4"));
    session.execute(Batch{.statements = {Statement{"INSERT together"}}, .options = {.idempotent = true}});
    CHECK(cluster.await(requests().containing("SELECT harmless"), 3));
    CHECK(cluster.await(requests().containing("AND id = 4"), 3));
    CHECK(cluster.await(requests().containing("together"), 3));
}

TEST_CASE("cpp-69: the session's own switch of the keyspace and prepares are asked once")
{
    FakeCluster cluster{ring()};
    auto session = connect(cluster, speculating(cluster, 0ms, 3));
    session.prepare("SELECT once");
    for (const auto times : counts(cluster, requests(Opcode::prepare)))
        CHECK(times <= 1);
    session.set_keyspace("ks");
    for (std::size_t node = 0; node != cluster.size(); ++node) // each connection is switched before it is used again
        CHECK(cluster.await(requests().containing("USE").on_data().at(node)));
    for (const auto times : counts(cluster, requests().containing("USE").on_data()))
        CHECK(times == 1);
}

TEST_CASE("cpp-69: what is prepared and batched is asked of several hosts, whoever knows the statement")
{
    FakeCluster cluster{ring(3)};
    constexpr auto text = "SELECT n FROM ks.t WHERE id = ?";
    cluster.prime(primed(text).binding({column("id", "int", "ks", "t")}).keyed_by({0}).answered(rows({"n"}, row(7))));
    auto session = connect(cluster, speculating(cluster));
    const auto prepared = session.prepare(text);
    for (int n = 0; n < 10; ++n) {
        CAPTURE(n);
        cluster.forget_prepared(static_cast<std::size_t>(n) % 3);
        cluster.on(Opcode::execute).containing("SELECT n").times(1).drop();
        auto statement = prepared.bind(n);
        statement.options().idempotent = true;
        CHECK(value(session.execute(statement)) == 7);
        cluster.on(Opcode::batch).containing("SELECT n").times(1).drop();
        CHECK_NOTHROW(session.execute(Batch{.statements = {prepared.bind(n)}, .options = {.idempotent = true}}));
        cluster.remove_rules();
    }
}

TEST_CASE("cpp-69: a profile chooses whether to speculate")
{
    FakeCluster cluster{ring()};
    auto options = speculating(cluster, 0ms, 3);
    options.profiles = {{"patient", {.speculative = std::make_shared<NoSpeculativeExecution>()}}};
    auto session = connect(cluster, options);
    session.execute(idempotent("SELECT patiently").profile("patient"));
    session.execute(idempotent("SELECT hastily"));
    CHECK(cluster.await(requests().containing("hastily"), 3));
    CHECK(count(cluster, "patiently") == 1);
}

TEST_CASE("sc-44: an error of one host does not end the request while another may still answer")
{
    FakeCluster cluster{ring()};
    auto options = speculating(cluster, 0ms, 3);
    options.retry_policy = std::make_shared<FallthroughRetryPolicy>();
    auto session = connect(cluster, options);
    cluster.prime("SELECT from one", rows({"n"}, row(7)));
    cluster.on(Opcode::query).at(0).containing("from one").reply(error(errc::server_overloaded, "busy"));
    cluster.on(Opcode::query).at(1).containing("from one").close();
    cluster.on(Opcode::query).at(2).containing("from one").after(150ms);
    CHECK(value(session.execute(idempotent("SELECT from one"))) == 7);
    CHECK(counts(cluster, requests().containing("from one")) == std::vector<std::size_t>{1, 1, 1});
}

TEST_CASE("sc-44: an error that every host would say ends the request at once")
{
    FakeCluster cluster{ring()};
    auto session = connect(cluster, speculating(cluster, 0ms, 3));
    cluster.on(Opcode::query).containing("wrong").drop();
    cluster.on(Opcode::query).at(1).containing("wrong").reply(error(errc::syntax_error, "no"));
    CHECK(code_of([&] { session.execute(idempotent("SELECT wrong")); }) == errc::syntax_error);
}

TEST_CASE("sc-44: when all executions fail the last error has the history of all of them")
{
    FakeCluster cluster{ring()};
    auto options = speculating(cluster, 0ms, 3);
    options.retry_policy = std::make_shared<FallthroughRetryPolicy>();
    auto session = connect(cluster, options);
    cluster.on(Opcode::query).containing("bad").reply(error(errc::server_overloaded, "busy"));
    cluster.on(Opcode::query).at(2).containing("bad").reply(error(errc::truncate_error, "late")).after(100ms);
    const auto error = error_of([&] { session.execute(idempotent("SELECT bad")); });
    CHECK(error.code() == errc::truncate_error);
    CHECK(tried(error) == std::vector{cluster.address(0), cluster.address(1), cluster.address(2)});
}

TEST_CASE("sc-44: each execution is tried again where its policy says so, but never where another one was")
{
    FakeCluster cluster{ring()};
    auto session = connect(cluster, speculating(cluster, 0ms, 2));
    cluster.prime("SELECT stubborn", rows({"n"}, row(7)));
    cluster.on(Opcode::query).containing("stubborn").times(2).reply(error(errc::server_overloaded, "busy"));
    CHECK(value(session.execute(idempotent("SELECT stubborn"))) == 7);
    CHECK(counts(cluster, requests().containing("stubborn")) == std::vector<std::size_t>{1, 1, 1});
}

TEST_CASE("how long answers took is told to the policy, not how long failures did")
{
    FakeCluster cluster{ring()};
    auto options = options_for(cluster);
    const auto observed = std::make_shared<Observed>(10s, 2U);
    options.speculative_execution_policy = observed;
    auto session = connect(cluster, options);
    const auto before = observed->answers.load();
    CHECK(before > 0);
    cluster.on(Opcode::query).containing("slow").after(60ms);
    cluster.on(Opcode::query).containing("bad").reply(error(errc::invalid_request, "no"));
    session.execute("SELECT slow");
    CHECK(observed->answers == before + 1);
    CHECK(observed->longest >= 60'000);
    CHECK(code_of([&] { session.execute("SELECT bad"); }) == errc::invalid_request);
    CHECK(observed->answers == before + 1);
}
