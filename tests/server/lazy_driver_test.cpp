#include "tests/error_of.hpp"

#include <asio/bind_cancellation_slot.hpp>
#include <asio/cancellation_signal.hpp>
#include <asio/io_context.hpp>
#include <asio/use_future.hpp>
#include <coodie/async.hpp>
#include <coodie/lazy_driver.hpp>
#include <coodie/testing/fake_cluster.hpp>
#include <doctest/doctest.h>
#include <future>
#include <thread>

// A driver that connects when it is needed.

using namespace coodie;
using namespace coodie::testing;
using namespace std::chrono_literals;

namespace {

struct Fixture
{
    FakeCluster cluster{{.nodes = 1, .schema = {FakeKeyspace::simple("shop", 1)}}};
    InitOptions options{.hosts = cluster.contact_points(), .keyspace = "shop", .lazy = true, .page_size = 7};

    std::size_t connects() const { return cluster.count(requests(Opcode::startup).at(0)); }
    /// How many statements came whose text begins so.
    std::size_t asked(std::string_view text) const
    {
        return cluster.count(requests(Opcode::query).containing(std::string{text}));
    }
};

errc code_behind(std::future<Rows>& answer)
{
    REQUIRE(answer.wait_for(10s) == std::future_status::ready);
    return code_of([&] { answer.get(); });
}

}

TEST_CASE_FIXTURE(Fixture, "a lazy driver connects when it is asked the first time, with the options it was given")
{
    const auto driver = init_coodie(options);
    CHECK(get_driver() == driver);
    CHECK(driver->keyspace() == "shop");
    CHECK(cluster.count() == 0);
    driver->execute("SELECT 1");
    const auto seen = cluster.recorded(requests(Opcode::query).containing("SELECT 1"));
    REQUIRE(seen.size() == 1);
    CHECK(seen.front().keyspace == "shop");
    CHECK(seen.front().page_size == 7);
    CHECK(static_cast<LazyDriver&>(*driver).is_connected());
    unregister_driver("default");
}

TEST_CASE_FIXTURE(Fixture, "many who ask at once are one session, and each is answered")
{
    LazyDriver driver{options};
    std::vector<std::thread> threads;
    std::atomic<int> answered{0};
    for (int thread = 0; thread != 4; ++thread)
        threads.emplace_back([&] {
            for (int i = 0; i != 20; ++i, ++answered)
                driver.execute("SELECT of many");
        });
    for (auto& thread : threads)
        thread.join();
    CHECK(answered == 80);
    CHECK(asked("SELECT of many") == 80);
    CHECK(connects() == 2); // that of control, and one for requests
}

TEST_CASE_FIXTURE(Fixture, "what waits is sent in its order")
{
    cluster.on(Opcode::startup).after(50ms);
    LazyDriver driver{options};
    std::vector<std::future<Rows>> answers;
    for (int i = 0; i != 20; ++i)
        answers.push_back(driver.async_execute("SELECT number " + std::to_string(i), asio::use_future));
    CHECK_FALSE(driver.is_connected());
    for (auto& answer : answers)
        CHECK(code_behind(answer) == errc{});
    std::size_t number = 0;
    for (const auto& request : cluster.recorded(requests(Opcode::query).containing("SELECT number")))
        CHECK(request.cql.front() == "SELECT number " + std::to_string(number++));
    CHECK(number == 20);
}

TEST_CASE_FIXTURE(Fixture, "who waited for a connection that failed is told why, and who asks later connects anew")
{
    cluster.stop(0);
    LazyDriver driver{options};
    auto first = driver.async_execute("SELECT 1", asio::use_future);
    auto second = driver.async_execute("SELECT 2", asio::use_future);
    CHECK(code_behind(first) == errc::no_host_available);
    CHECK(code_behind(second) == errc::no_host_available);
    CHECK_FALSE(driver.is_connected());
    cluster.start(0);
    driver.execute("SELECT 3");
    CHECK(asked("SELECT 3") == 1);
    CHECK(asked("SELECT 1") == 0);
}

TEST_CASE_FIXTURE(Fixture, "a lazy driver that is closed unused has sent nothing, and stays closed")
{
    LazyDriver driver{options};
    driver.close();
    CHECK(code_of([&] { driver.execute("SELECT 1"); }) == errc::closed);
    CHECK(cluster.count() == 0);
}

TEST_CASE_FIXTURE(Fixture, "closing ends what waits for the connection")
{
    cluster.on(Opcode::startup).drop();
    LazyDriver driver{options};
    auto answer = driver.async_execute("SELECT 1", asio::use_future);
    REQUIRE(cluster.await(requests(Opcode::startup)));
    driver.close();
    CHECK(code_behind(answer) == errc::closed);
    CHECK(asked("SELECT 1") == 0);
}

TEST_CASE_FIXTURE(Fixture, "a lazy driver that goes ends what waits for its connection")
{
    cluster.on(Opcode::startup).drop();
    std::future<Rows> answer;
    {
        LazyDriver driver{options};
        answer = driver.async_execute("SELECT 1", asio::use_future);
    }
    CHECK(code_behind(answer) == errc::closed);
}

TEST_CASE_FIXTURE(Fixture, "a request that is cancelled while it waits for the connection is not sent")
{
    cluster.on(Opcode::startup).after(100ms);
    LazyDriver driver{options};
    asio::cancellation_signal signal;
    std::promise<errc> told;
    driver.async_execute("SELECT 1", asio::bind_cancellation_slot(signal.slot(), [&](std::exception_ptr error, Rows) {
                             told.set_value(code_of([&] { std::rethrow_exception(error); }));
                         }));
    auto other = driver.async_execute("SELECT 2", asio::use_future);
    signal.emit(asio::cancellation_type::terminal);
    CHECK(told.get_future().get() == errc::cancelled);
    CHECK(code_behind(other) == errc{});
    CHECK(asked("SELECT 1") == 0);
}

TEST_CASE_FIXTURE(Fixture, "no more wait for the connection than max_queued says")
{
    cluster.on(Opcode::startup).after(50ms);
    options.max_queued = 2;
    LazyDriver driver{options};
    std::vector<std::future<Rows>> answers;
    for (int i = 0; i != 3; ++i)
        answers.push_back(driver.async_execute("SELECT 1", asio::use_future));
    CHECK(code_behind(answers[2]) == errc::overloaded);
    CHECK(code_behind(answers[0]) == errc{});
    CHECK(code_behind(answers[1]) == errc{});
}

TEST_CASE_FIXTURE(Fixture, "a callback that throws takes no other one with it, whatever ends them, and leaves run()")
{
    const auto ends = [&](auto&& how) {
        asio::io_context context;
        options.loops = {loop_of(context)};
        auto driver = std::make_unique<LazyDriver>(options);
        asio::cancellation_signal signal;
        int called = 0, thrown = 0;
        const auto throwing = [&](const std::exception_ptr& error, const Rows&) {
            ++called;
            std::rethrow_exception(error);
        };
        driver->async_execute("SELECT 1", asio::bind_cancellation_slot(signal.slot(), throwing));
        driver->async_execute("SELECT 2", [&](std::exception_ptr, const Rows&) { ++called; });
        how(context, driver, signal);
        for (int round = 0; round < 3; ++round)
            try {
                context.restart();
                context.run_for(1s);
            } catch (const CoodieError&) {
                ++thrown;
            }
        CHECK(thrown == 1);
        CHECK(called == 2);
    };
    cluster.stop(0);
    ends([](auto&, auto&, auto&) {}); // connecting fails
    cluster.start(0);
    cluster.on(Opcode::startup).drop();
    ends([](auto&, auto& driver, auto&) { driver.reset(); });
    ends([](auto& context, auto& driver, auto&) {
        context.run_for(50ms);
        driver.reset();
    });
    ends([](auto&, auto& driver, auto& signal) {
        signal.emit(asio::cancellation_type::terminal);
        driver.reset();
    });
}

TEST_CASE_FIXTURE(Fixture,
                  "a context that is destroyed while the driver connects frees what waits, and later calls end")
{
    cluster.on(Opcode::startup).drop();
    std::optional<asio::io_context> context{std::in_place};
    options.loops = {loop_of(*context)};
    LazyDriver driver{options};
    const auto calls = std::make_shared<int>(0);
    driver.async_execute("SELECT 1", [calls](std::exception_ptr, const Rows&) { ++*calls; });
    while (cluster.count(requests(Opcode::startup)) == 0)
        context->run_one_for(10ms);
    context.reset();
    CHECK(calls.use_count() == 1);
    CHECK(*calls == 0);
    errc later{};
    driver.async_execute("SELECT 2", [&](const std::exception_ptr& error, const Rows&) {
        later = code_of([&] { std::rethrow_exception(error); });
    });
    CHECK(later == errc::closed);
    CHECK(code_of([&] { driver.execute("SELECT 3"); }) == errc::closed);
}

TEST_CASE_FIXTURE(Fixture, "the time that a request has passes while the driver connects")
{
    cluster.on(Opcode::startup).drop();
    options.request_timeout = 10s;
    LazyDriver driver{options};
    Statement quick{"SELECT 1"};
    quick.options().timeout = 100ms;
    Statement own{"SELECT 2"};
    own.options().timeout = 5s;
    const auto begin = std::chrono::steady_clock::now();
    auto waits = driver.async_execute(own, asio::use_future);
    CHECK(code_of([&] { driver.execute(quick); }) == errc::request_timeout);
    const Batch batch{.statements = {quick}, .options = {.timeout = 100ms}};
    auto answer = driver.async_execute(batch, asio::use_future);
    CHECK(code_behind(answer) == errc::request_timeout);
    CHECK(std::chrono::steady_clock::now() - begin < 4s); // connect_timeout is 5 s
    CHECK(waits.wait_for(0s) == std::future_status::timeout);
}

TEST_CASE_FIXTURE(Fixture, "what waited for the connection has what is left of its time")
{
    cluster.on(Opcode::startup).after(300ms);
    cluster.on(Opcode::query).containing("SELECT 1").held();
    LazyDriver driver{options};
    Statement statement{"SELECT 1"};
    statement.options().timeout = 1'500ms;
    const auto begin = std::chrono::steady_clock::now();
    CHECK(code_of([&] { driver.execute(statement); }) == errc::request_timeout);
    const auto took = std::chrono::steady_clock::now() - begin;
    CHECK(asked("SELECT 1") == 1);
    CHECK(took >= 1'490ms);
    CHECK(took < 2s); // connecting takes two connections, one after the other: 600 ms
}

TEST_CASE_FIXTURE(Fixture, "options that cannot go together are refused before anything is asked")
{
    options.heartbeat_timeout = 0ms;
    CHECK(code_of([&] { LazyDriver{options}; }) == errc::configuration);
    const auto session = Session::connect({.hosts = cluster.contact_points()});
    CHECK(code_of([&] { LazyDriver{{.session = session}}; }) == errc::configuration);
    CHECK(code_of([&] { init_coodie({.session = session, .lazy = true}); }) == errc::configuration);
}
