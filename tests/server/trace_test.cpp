#include "cluster_session.hpp"

#include <asio/use_future.hpp>
#include <coodie/query_trace.hpp>
#include <doctest/doctest.h>
#include <future>

// What a session reads of the traces that servers write.

using namespace coodie;
using namespace coodie::testing;
using namespace std::chrono_literals;

namespace {

Statement traced(std::string cql)
{
    Statement statement{std::move(cql)};
    statement.options().tracing = true;
    return statement;
}

Requests asking_for(const std::string& table)
{
    auto which = requests(Opcode::query);
    which.containing("system_traces." + table);
    return which;
}

Rows session_row(std::optional<int> duration)
{
    return rows({"request", "duration"}, row(std::string{"Execute CQL3 query"}, duration));
}

}

TEST_CASE("cpp-41: the trace of a request says what the nodes did for it")
{
    FakeCluster cluster{{.nodes = 2}};
    auto session = Session::connect(options_for(cluster));
    const auto answer = session.execute(traced("SELECT of mine"));
    REQUIRE(answer.extras());
    REQUIRE(answer.extras()->tracing_id);
    const auto trace = session.query_trace(*answer.extras()->tracing_id);
    CHECK(trace.id == *answer.extras()->tracing_id);
    CHECK(trace.request == "Execute CQL3 query");
    CHECK(trace.parameters.at("query") == "SELECT of mine");
    CHECK(trace.coordinator.to_string().starts_with("127.0.0."));
    CHECK(trace.client == Inet::parse("127.0.0.1"));
    CHECK(current_timestamp() - trace.started_at < 1min);
    CHECK(trace.duration == 1000us);
    REQUIRE(trace.events.size() == 2);
    CHECK(trace.events[0].activity == "Parsing the statement");
    CHECK(trace.events[0].source == trace.coordinator);
    CHECK(trace.events[0].elapsed == 500us);
    CHECK(trace.events[1].thread == "Native-Transport-Requests-1");
    CHECK(cluster.recorded(asking_for("sessions")).front().consistency == Consistency::one);
}

TEST_CASE("cpp-41: a trace that is not complete yet is waited for, from a handler too")
{
    FakeCluster cluster{{}};
    auto session = Session::connect(options_for(cluster));
    cluster.on(Opcode::query).containing("system_traces.sessions").reply(session_row(42));
    cluster.on(Opcode::query).containing("system_traces.sessions").times(1).reply(session_row({}));
    cluster.on(Opcode::query).containing("system_traces.sessions").times(1).reply(no_rows<int>({"duration"}));
    CHECK(session.query_trace(Uuid::random()).duration == 42us);
    CHECK(cluster.count(asking_for("sessions")) == 3);

    std::promise<std::chrono::microseconds> told;
    session.async_execute("SELECT", [&](std::exception_ptr, Rows) {
        session.async_query_trace(Uuid::random(), {.consistency = Consistency::quorum},
                                  [&](std::exception_ptr, const QueryTrace& trace) { told.set_value(trace.duration); });
    });
    CHECK(told.get_future().get() == 42us);
    CHECK(cluster.count(asking_for("sessions").with_consistency(Consistency::quorum)) == 1);
}

TEST_CASE("cpp-41: a trace that nobody writes is an error of its own, in time")
{
    FakeCluster cluster{{}};
    auto session = Session::connect(options_for(cluster));
    const auto start = std::chrono::steady_clock::now();
    CHECK_THROWS_AS(session.query_trace(Uuid::random(), {.max_wait = 300ms}), TraceUnavailable);
    CHECK(std::chrono::steady_clock::now() - start >= 300ms);
    CHECK(cluster.count(asking_for("sessions")) > 2);
    CHECK(cluster.count(asking_for("events")) == 0);
}

TEST_CASE("cpp-41: servers that do not answer, or refuse, end the wait for a trace")
{
    FakeCluster cluster{{}};
    auto session = Session::connect(options_for(cluster));
    cluster.on(Opcode::query).containing("system_traces").named("silence").drop();
    CHECK(code_of([&] { session.query_trace(Uuid::random(), {.max_wait = 200ms}); }) == errc::trace_unavailable);
    cluster.remove_rules("silence");
    cluster.on(Opcode::query).containing("system_traces").reply(error(errc::unauthorized, "not for you"));
    CHECK(code_of([&] { session.query_trace(Uuid::random()); }) == errc::unauthorized);
}

TEST_CASE("closing ends the wait for a trace")
{
    FakeCluster cluster{{}};
    auto session = Session::connect(options_for(cluster));
    auto waiting = session.async_query_trace(Uuid::random(), {.max_wait = 1min}, asio::use_future);
    REQUIRE(cluster.await(asking_for("sessions"), 2));
    session.close();
    CHECK(code_of([&] { waiting.get(); }) == errc::closed);
    CHECK(code_of([&] { session.query_trace(Uuid::random()); }) == errc::closed);
    CHECK(code_of([&] { Session{}.query_trace(Uuid::random()); }) == errc::closed);
}

TEST_CASE("events of more than one page are read whole")
{
    FakeCluster cluster{{}};
    auto options = options_for(cluster);
    options.page_size = 1;
    auto session = Session::connect(options);
    const auto answer = session.execute(traced("SELECT"));
    const auto trace = session.query_trace(*answer.extras()->tracing_id);
    CHECK(trace.events.size() == 2);
    CHECK(cluster.count(asking_for("events")) == 2);
}

TEST_CASE("events whose pages have no end are read as long as there is time")
{
    FakeCluster cluster{{}};
    auto session = Session::connect(options_for(cluster));
    cluster.on(Opcode::query).containing("system_traces.sessions").reply(session_row(42));
    cluster.on(Opcode::query)
        .containing("system_traces.events")
        .reply(page(rows({"activity"}, row(std::string{"again"})), {std::byte{1}}));
    CHECK(code_of([&] { session.query_trace(Uuid::random(), {.max_wait = 200ms}); }) == errc::trace_unavailable);
}
