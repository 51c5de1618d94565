#include "cluster_session.hpp"

#include <coodie/metrics.hpp>
#include <doctest/doctest.h>
#include <mutex>

// What a session writes into its log.

using namespace coodie;
using namespace coodie::testing;
using namespace std::chrono_literals;

namespace {

struct Line
{
    LogLevel level;
    std::string text;
};

/// A sink that keeps all lines.
class Lines
{
public:
    LogSink sink()
    {
        return [this](LogLevel level, std::string_view line) {
            const std::lock_guard lock{mutex_};
            lines_.push_back({level, std::string{line}});
        };
    }
    std::vector<Line> all() const
    {
        const std::lock_guard lock{mutex_};
        return lines_;
    }
    std::size_t count(LogLevel level, std::string_view text) const
    {
        const auto lines = all();
        return static_cast<std::size_t>(std::ranges::count_if(
            lines, [&](const Line& line) { return line.level == level && line.text.find(text) != std::string::npos; }));
    }
    bool await(LogLevel level, std::string_view text) const
    {
        return becomes_true([&] { return count(level, text) != 0; });
    }

private:
    mutable std::mutex mutex_;
    std::vector<Line> lines_;
};

SessionOptions logging_to(Lines& lines, const FakeCluster& cluster)
{
    auto options = options_for(cluster);
    options.log = lines.sink();
    options.log_level = LogLevel::debug;
    return options;
}

}

TEST_CASE("the log tells of a session's life, and of its hosts'")
{
    FakeCluster cluster{{.nodes = 2, .schema = {FakeKeyspace::simple("ks", 1)}}};
    const auto second = cluster.address(1);
    Lines lines;
    auto session = Session::connect(logging_to(lines, cluster));
    CHECK(lines.await(LogLevel::info, "connected to the cluster 'fake cluster' of 2 hosts"));
    CHECK(lines.await(LogLevel::info, "the host " + second + " (datacenter 'datacenter1', rack 'rack1') is there"));
    CHECK(lines.await(LogLevel::debug, "connected to " + second));
    session.set_keyspace("ks");
    CHECK(lines.await(LogLevel::info, "the session's keyspace is 'ks'"));
    cluster.stop(1);
    CHECK(lines.await(LogLevel::warning, "a connection is lost: " + second));
    CHECK(lines.await(LogLevel::warning, second + " (datacenter 'datacenter1', rack 'rack1') is down"));
    CHECK(lines.await(LogLevel::warning, "no connection: " + second));
    CHECK(lines.await(LogLevel::debug, "the next connection to " + second + " is tried in 50 ms"));
    cluster.start(1);
    CHECK(lines.await(LogLevel::info, second + " (datacenter 'datacenter1', rack 'rack1') is up"));
    cluster.remove_node(1);
    cluster.push_topology("REMOVED_NODE", 1);
    CHECK(lines.await(LogLevel::info, second + " (datacenter 'datacenter1', rack 'rack1') is gone"));
    session.close();
    CHECK(lines.await(LogLevel::info, "the session ends: the session was closed"));
    CHECK(lines.count(LogLevel::error, "") == 0);
}

TEST_CASE("the log tells of requests that time out, of attempts that failed and of what followed")
{
    FakeCluster cluster;
    Lines lines;
    auto session = Session::connect(logging_to(lines, cluster));
    cluster.on(Opcode::query).containing("slow").drop();
    Statement slow{"SELECT slow"};
    slow.options().timeout = 20ms;
    CHECK(code_of([&] { session.execute(slow); }) == errc::request_timeout);
    CHECK(
        lines.await(LogLevel::warning, "a request timed out: no answer from " + cluster.address(0) + " within 20 ms"));
    cluster.on(Opcode::query).containing("wrong").reply(error(errc::syntax_error, "line 1:0 no viable alternative"));
    CHECK(code_of([&] { session.execute("SELECT wrong"); }) == errc::syntax_error);
    CHECK(lines.await(LogLevel::debug,
                      "an attempt on " + cluster.address(0) + " failed (syntax error): the caller gets the error"));
    const auto prepared = session.prepare("INSERT");
    cluster.forget_prepared(0);
    session.execute(prepared.bind());
    CHECK(lines.await(LogLevel::debug, cluster.address(0) + " has forgotten a statement"));
}

TEST_CASE("sc-06: a server that hangs up again and again costs a few lines, however often it is tried")
{
    FakeCluster cluster{{.nodes = 2}};
    Lines lines;
    auto session = Session::connect(logging_to(lines, cluster));
    REQUIRE(lines.await(LogLevel::debug, "connected to " + cluster.address(1)));
    cluster.on(Opcode::startup).at(1).reply(ready()).close();
    cluster.close_connections(1);
    const auto before = cluster.accepted(1);
    CHECK(becomes_true([&] { return cluster.accepted(1) > before + 50; }));
    CHECK(lines.all().size() < 40);
    CHECK(lines.count(LogLevel::warning, "no connection: ") + lines.count(LogLevel::warning, "is lost") >= 1);
}

TEST_CASE("neither the log nor any error or metric ever shows the password, or a value that was bound")
{
    const std::string password = "Canary-of-the-password", value = "Canary-of-a-value";
    FakeCluster cluster{{.nodes = 3, .username = "ann", .password = password}};
    cluster.prime(
        primed("INSERT INTO t (id, name) VALUES (?, ?)").binding({column("id", "int"), column("name", "text")}));
    Lines lines;
    std::string told;
    const auto tell = [&](const auto& call) {
        try {
            call();
        } catch (const CoodieError& failed) {
            told += failed.what();
            for (const auto& attempt : failed.error().attempts())
                told += attempt.message;
        }
    };
    auto options = logging_to(lines, cluster);
    options.username = "ann";
    options.password = password;
    options.application_name = "noise";
    auto session = Session::connect(options);
    const auto insert = session.prepare("INSERT INTO t (id, name) VALUES (?, ?)");
    auto bound = insert.bind(7, value);
    bound.options().idempotent = true;
    bound.options().timeout = 100ms;
    for (const auto code : {errc::server_error, errc::server_overloaded, errc::unavailable, errc::read_timeout,
                            errc::write_timeout, errc::invalid_request, errc::is_bootstrapping})
    {
        cluster.on(Opcode::execute).times(4).reply(error(code, "no"));
        tell([&] { session.execute(bound); });
        tell([&] { session.execute(Statement{"INSERT INTO t (id, name) VALUES (?, ?)", value, value}); });
    }
    cluster.remove_rules();
    cluster.forget_prepared(0);
    tell([&] { session.execute(bound); });
    tell([&] { session.execute(Statement{"SELECT", value}.kind(StatementKind::simple)); });
    tell([&] { session.execute(insert.bind(value)); });
    tell([&] { session.execute(Batch{.statements = {bound, insert.bind(value, 1)}}); });
    cluster.on(Opcode::execute).times(2).drop();
    cluster.on(Opcode::execute).times(2).close();
    for (int n = 0; n != 6; ++n)
        tell([&] { session.execute(bound); });
    cluster.restart(2);
    cluster.reset_connections(1);
    tell([&] { session.set_keyspace("missing"); });
    told += to_prometheus(session.metrics());
    session.close();
    tell([&] { session.execute(bound); });
    options.password += "-that-is-wrong";
    tell([&] { (void)Session::connect(options); });

    CHECK(told.find("password") != std::string::npos);
    CHECK(told.size() > 1'000);
    for (const auto& line : lines.all())
        told += '\n' + line.text;
    CHECK(lines.all().size() > 20);
    CHECK(told.find("Canary") == std::string::npos);
}
