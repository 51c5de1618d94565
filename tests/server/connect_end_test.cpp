#include "cluster_session.hpp"
#include "lib/session/session_state.hpp"

#include <algorithm>
#include <asio/executor_work_guard.hpp>
#include <asio/io_context.hpp>
#include <asio/use_future.hpp>
#include <coodie/pool_state.hpp>
#include <doctest/doctest.h>
#include <future>

// That connecting, and whatever else needs all loops of a session, ends: whatever servers, policies and contexts do.

using namespace coodie;
using namespace coodie::testing;
using namespace std::chrono_literals;

namespace {

using detail::SessionState;

/// A session with limits of its control connection that tests can wait for.
std::shared_ptr<SessionState> impatient(SessionOptions options, std::chrono::milliseconds timeout)
{
    auto settings = std::make_shared<detail::Settings>(*detail::Settings::of(std::move(options)).value());
    auto cluster = std::make_shared<detail::ClusterOptions>(*settings->cluster);
    cluster->query_timeout = cluster->answer_timeout = timeout;
    settings->cluster = std::move(cluster);
    return std::make_shared<SessionState>(std::move(settings));
}

/// What connect told in the end; the caller runs one context until then.
struct Connected
{
    std::exception_ptr error;
    Session session;
    std::atomic<bool> is_told{false};

    AnyHandler<void(std::exception_ptr, Session)> handler()
    {
        return [this](std::exception_ptr failure, Session made) {
            error = std::move(failure);
            session = std::move(made);
            is_told = true;
        };
    }
    Error why() const
    {
        return error_of([&] {
            if (error)
                std::rethrow_exception(error);
        });
    }
};

/// A context that a thread runs until it is stopped.
struct Running
{
    asio::io_context context;
    asio::executor_work_guard<asio::io_context::executor_type> work{context.get_executor()};
    std::thread thread{[this] { context.run(); }};

    void stop()
    {
        context.stop();
        thread.join();
    }
    ~Running()
    {
        if (thread.joinable())
            stop();
    }
};

struct Thrown : std::runtime_error
{
    Thrown() : std::runtime_error{"no idea"} {}
};

}

TEST_CASE("connecting ends in time, however slow a cluster tells of itself, and says how far it came")
{
    FakeCluster cluster{{}};
    cluster.on(Opcode::query).containing("system").after(3s);
    auto options = options_for(cluster);
    options.connect_timeout = 400ms;
    Connected connected;
    detail::SessionAccess::connect(impatient(options, 3200ms), connected.handler());
    REQUIRE(becomes_true([&] { return connected.is_told.load(); }));
    const auto error = connected.why();
    CAPTURE(error.message());
    CHECK(error.code() == errc::no_host_available);
    CHECK(error.message().starts_with("connecting took too long; "));
    REQUIRE(error.attempts().size() == 1);
    CHECK(error.attempts()[0].host == cluster.address(0));
    CHECK(error.attempts()[0].message.find("has not told all of its cluster") != std::string::npos);
}

TEST_CASE("how far connecting has come is known of each address at any time")
{
    FakeCluster cluster{{.nodes = 2}};
    cluster.stop(0);
    cluster.freeze(1);
    auto options = options_for(cluster);
    options.hosts = cluster.contact_points();
    options.shuffle_hosts = false;
    asio::io_context context;
    options.loops = {loop_of(context)};
    auto state = impatient(options, 800ms);
    auto& first = *state->loops().front();
    Connected connected;
    detail::SessionAccess::connect(state, connected.handler());
    const auto failures = [&] {
        const detail::Turn turn{first.state()};
        return first.connect_failures();
    };
    while (failures().size() != 2)
        context.run_one_for(10ms);
    CHECK(failures()[0].label == cluster.address(0));
    CHECK(failures()[1].error.message() == cluster.address(1) + ": no connection yet");
}

TEST_CASE("connecting on a context that nobody runs ends in time, and names that loop")
{
    FakeCluster cluster{{}};
    asio::io_context contexts[2];
    auto options = options_for(cluster);
    options.connect_timeout = 100ms;
    options.loops = {loop_of(contexts[0]), loop_of(contexts[1])};
    Connected connected;
    detail::SessionAccess::connect(impatient(options, 100ms), connected.handler());
    const auto end = std::chrono::steady_clock::now() + 10s;
    while (!connected.is_told && std::chrono::steady_clock::now() < end)
        contexts[0].run_one_for(10ms);
    REQUIRE(connected.is_told);
    const auto error = connected.why();
    CAPTURE(error.message());
    CHECK(error.code() == errc::no_host_available);
    CHECK(error.message().find("loop 2 of 2 has not answered") != std::string::npos);
}

TEST_CASE("calls that need all loops of a session end in time when a context was stopped")
{
    FakeCluster cluster{{.schema = {FakeKeyspace::simple("ks", 1)}}};
    Running contexts[2];
    auto options = options_for(cluster);
    options.request_timeout = 300ms;
    options.loops = {loop_of(contexts[0].context), loop_of(contexts[1].context)};
    auto session = Session::connect(options);
    contexts[1].stop();
    const auto in_thread = [](auto call) {
        return std::async(std::launch::async, [call] { return code_of(call); }).get();
    };
    const auto check_late = [&](auto call) { // threads take the loops in turn; one waits on the loop that is run
        const errc codes[]{in_thread(call), in_thread(call)};
        CHECK(std::ranges::count(codes, errc::request_timeout) == 1);
    };
    check_late([&] { (void)session.pool_state(); });
    check_late([&] { session.set_keyspace("ks"); });
    const auto closed = in_thread([&] { session.close(); });
    CHECK((closed == errc{} || closed == errc::closed));
}

TEST_CASE("what load balancing policies throw when they are checked is connect's error")
{
    struct Throwing final : LoadBalancingPolicy
    {
        std::optional<HostIndex> next(Plan&, const PlanRequest&, const ClusterView&) const override { return {}; }
        Error check(const ClusterMembers&) const override { throw Thrown{}; }
    };
    FakeCluster cluster{{}};
    auto options = options_for(cluster);
    options.load_balancing_policy = std::make_shared<Throwing>();
    for (const auto owned : {true, false}) {
        CAPTURE(owned);
        asio::io_context context;
        if (!owned)
            options.loops = {loop_of(context)};
        const auto error = error_of([&] { Session::connect(options); });
        CHECK(error.code() == errc::configuration);
        CHECK(error.message().find("load balancing policy threw an exception: no idea") != std::string::npos);
    }
}

TEST_CASE("what reconnection policies throw is told to who runs the loop, and connections are opened all the same")
{
    struct Schedule final : ReconnectionSchedule
    {
        std::chrono::milliseconds next() override { throw Thrown{}; }
    };
    struct Policy final : ReconnectionPolicy
    {
        explicit Policy(bool at_once) : throws_at_once{at_once} {}
        std::unique_ptr<ReconnectionSchedule> schedule(std::uint64_t) const override
        {
            if (throws_at_once)
                throw Thrown{};
            return std::make_unique<Schedule>();
        }
        const bool throws_at_once;
    };
    for (const auto at_once : {true, false}) {
        CAPTURE(at_once);
        FakeCluster cluster{{}};
        auto options = options_for(cluster);
        options.reconnection_policy = std::make_shared<Policy>(at_once);
        asio::io_context context;
        options.loops = {loop_of(context)};
        int thrown = 0;
        const auto run_until = [&](auto condition) {
            const auto end = std::chrono::steady_clock::now() + 10s;
            while (!condition() && std::chrono::steady_clock::now() < end)
                try {
                    context.restart();
                    context.run_one_for(10ms);
                } catch (const Thrown&) {
                    ++thrown;
                }
            return condition();
        };
        auto connected = Session::async_connect(options, asio::use_future);
        REQUIRE(run_until([&] { return connected.wait_for(0s) == std::future_status::ready; }));
        auto session = connected.get();
        REQUIRE(run_until([&] { return thrown == 1; }));
        cluster.restart(0);
        CHECK(run_until([&] { return thrown >= 3; })); // the pool's, and that of the control connection
        auto answered = session.async_execute("SELECT", asio::use_future);
        REQUIRE(run_until([&] { return answered.wait_for(0s) == std::future_status::ready; }));
        CHECK_NOTHROW(answered.get());
    }
}
