#include "cluster_session.hpp"

#include <asio/use_future.hpp>
#include <doctest/doctest.h>
#include <set>

// Does everybody get an answer, the one to what was asked, and only once?

using namespace coodie;
using namespace coodie::testing;
using namespace std::chrono_literals;

namespace {

/// One connection, and none for control.
SessionOptions one_connection(const FakeCluster& cluster)
{
    auto options = options_for(cluster);
    options.metadata = false;
    return options;
}

Answer echo(const RecordedRequest& request)
{
    return rows({"text"}, row(request.cql.at(0)));
}

/// Asks, each time for something else, so many at a time; looks at each answer. Every fourth has time enough, however
/// slow the machine is.
class Asker
{
public:
    Asker(Session& session, int requests, std::chrono::milliseconds timeout)
        : session_{session}, requests_{requests}, timeout_{timeout}
    {
    }
    void ask()
    {
        const auto number = next_++;
        if (number >= requests_)
            return;
        const auto text = "SELECT " + std::to_string(number);
        Statement statement{text};
        statement.options().timeout = number % 4 == 0 ? 60s : timeout_;
        session_.async_execute(std::move(statement), [this, text](std::exception_ptr error, const Rows& rows) {
            if (error)
                ++(told(error) == errc::request_timeout ? timed_out : failed);
            else
                ++(rows.front()[0].as<std::string>() == text ? right : wrong);
            ask();
        });
    }
    int ended() const { return right + wrong + timed_out + failed; }

    std::atomic<int> right{0}, wrong{0}, timed_out{0}, failed{0};

private:
    Session& session_;
    const int requests_;
    const std::chrono::milliseconds timeout_;
    std::atomic<int> next_{0};
};

}

TEST_CASE(
    "sc-17: an answer of ten mebibytes that is cut off by a reset fails its request once, and nothing of it is seen")
{
    const std::string large(10 << 20, 'x');
    FakeCluster cluster;
    cluster.prime("SELECT large", rows({"text"}, row(large)));
    cluster.on(Opcode::query).containing("large").times(1).reply_normally().reset().cut_after(5 << 20);
    auto session = Session::connect(one_connection(cluster));
    std::atomic<int> calls{0}, rows_seen{0};
    session.async_execute("SELECT large", [&](std::exception_ptr error, const Rows& rows) {
        CHECK(told(error) == errc::connection_lost);
        rows_seen += static_cast<int>(rows.size());
        ++calls;
    });
    CHECK(becomes_true([&] { return calls != 0; }));
    CHECK(session.execute("SELECT large").front()[0].as<std::string_view>() == large);
    CHECK(calls == 1);
    CHECK(rows_seen == 0);
}

TEST_CASE("sc-18: a slow request does not hold up those behind it on its connection")
{
    FakeCluster cluster;
    cluster.on(Opcode::query).containing("slow").held();
    auto session = Session::connect(one_connection(cluster));
    auto slow = session.async_execute("SELECT slow", asio::use_future);
    REQUIRE(cluster.await(requests().containing("slow")));
    for (int n = 0; n < 100; ++n)
        session.execute("SELECT quick");
    CHECK(slow.wait_for(0s) == std::future_status::timeout);
    cluster.release();
    CHECK_NOTHROW(slow.get());
    CHECK(cluster.accepted(0) == 1);
}

TEST_CASE(
    "cpp-21, sc-19: 32 767 requests are on their way at once, each on a stream of its own, and others wait for one")
{
    constexpr int all = 40'000, at_once = 32'767;
    FakeCluster cluster;
    cluster.on(Opcode::query).containing("SELECT").reply(echo).held();
    auto options = one_connection(cluster);
    options.silence_timeout = 0ms; // its answers are held for long
    auto session = Session::connect(options);
    Asker asker{session, all, 60s};
    for (int n = 0; n < all; ++n)
        asker.ask();
    REQUIRE(cluster.await(requests().containing("SELECT"), at_once, 30s));
    std::set<std::int16_t> streams;
    for (const auto& request : cluster.recorded(requests().containing("SELECT")))
        streams.insert(request.stream);
    CHECK(streams.size() == at_once);
    CHECK(becomes_true(
        [&] {
            cluster.release();
            return asker.ended() == all;
        },
        60s));
    CHECK(asker.right == all);
    CHECK(cluster.accepted(0) == 1);
}

TEST_CASE("sc-20: whoever uses a stream after a request that timed out never gets that one's answer")
{
    constexpr int all = 100'000;
    FakeCluster cluster{{.recorded = 0}};
    cluster.on(Opcode::query).containing("SELECT").reply(echo).after(0ms, 30ms);
    auto options = one_connection(cluster);
    options.max_in_flight = 1'024;
    auto session = Session::connect(options);
    Asker asker{session, all, 20ms};
    for (int n = 0; n < 1'000; ++n)
        asker.ask();
    CHECK(becomes_true([&] { return asker.ended() == all; }, 100s));
    CHECK(asker.wrong == 0);
    CHECK(asker.failed == 0);
    CHECK(asker.timed_out > 0);
    CHECK(asker.right > 0);
}

TEST_CASE(
    "cpp-27, sc-25: a request's payload reaches the node; tracing id, warnings, payload and rows come back together")
{
    const auto id = Uuid::random();
    FakeCluster cluster;
    cluster.prime(
        "SELECT",
        Answer{rows({"n"}, row(7))}.warning("careful").warning("slow").payload("key", blob("back")).traced(id));
    auto session = Session::connect(one_connection(cluster));
    Statement statement{"SELECT"};
    statement.options().tracing = true;
    statement.custom_payload({{"mine", blob("there")}, {"none", std::nullopt}});
    const auto answer = session.execute(statement);
    CHECK(answer.front()["n"].as<int>() == 7);
    REQUIRE(answer.extras());
    CHECK(answer.extras()->tracing_id == id);
    CHECK(answer.extras()->warnings == std::vector<std::string>{"careful", "slow"});
    CHECK(answer.extras()->custom_payload.at("key") == blob("back"));
    const auto asked = cluster.recorded(requests(Opcode::query).containing("SELECT")).at(0);
    const std::string_view frame{reinterpret_cast<const char*>(asked.frame.data()), asked.frame.size()};
    CHECK(asked.tracing);
    CHECK((static_cast<unsigned>(asked.frame[1]) & 4) == 4);
    CHECK(frame.find("there") != std::string_view::npos);
}

TEST_CASE("sc-26: of an answer above the cap nothing is kept, and the session goes on")
{
    FakeCluster cluster;
    cluster.prime("SELECT large", rows({"text"}, row(std::string(2 << 20, 'x'))));
    auto options = one_connection(cluster);
    options.max_frame = 1 << 20;
    auto session = Session::connect(options);
    const auto error = error_of([&] { session.execute("SELECT large"); });
    CHECK(error.code() == errc::protocol);
    CHECK(error.message().find("above the limit") != std::string::npos);
    CHECK_NOTHROW(session.execute("SELECT small"));
}
